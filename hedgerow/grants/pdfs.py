"""The pack for deciders, on paper."""

from importlib.resources import files

from hedgerow.core.typeset import typeset
from hedgerow.grants.queries.assessing_pack import Pack, pack_data


def pack_pdf(pack: Pack) -> bytes:
    """One side of A4. Raises core.typeset.NotTypeset, and Refused where it is too long."""
    source = (files("hedgerow.grants") / "typst/pack.typ").read_text(encoding="utf-8")
    return typeset(source, pack_data(pack))
