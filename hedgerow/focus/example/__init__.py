"""How the invented clusters found their focus, done again through the same actions."""

from collections.abc import Mapping

from hedgerow.core.rooms import Deed

from . import finding, ideas, sharing, votes

DEEDS: Mapping[str, Deed] = {**ideas.DEEDS, **votes.DEEDS, **finding.DEEDS, **sharing.DEEDS}
