"""How the invented clusters planned and what came of it, done again through the same actions."""

from collections.abc import Mapping

from hedgerow.core.rooms import Deed

from . import came, money, planning

DEEDS: Mapping[str, Deed] = {**planning.DEEDS, **money.DEEDS, **came.DEEDS}
