"""What the programme of the example did, done again through the same actions."""

from collections.abc import Mapping

from hedgerow.core.rooms import Deed

from . import assessing, paying

DEEDS: Mapping[str, Deed] = {**assessing.DEEDS, **paying.DEEDS}
