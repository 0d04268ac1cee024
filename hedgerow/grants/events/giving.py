from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, listed


def _given(told: Told) -> str:
    return f"{told.by} brought a file of grants that others publish, to be read."


def _read(told: Told) -> str:
    parts = [
        f"{told.detail[key]:,} {what}"
        for key, what in (
            ("new", "new"),
            ("changed", "other than before"),
            ("same", "as before"),
            ("refused", "refused"),
        )
        if told.detail[key]
    ]
    n = sum(told.detail[key] for key in ("new", "changed", "same", "refused"))
    return f"{told.by} had a file of grants read: {count(n, 'row')}, of which {listed(parts)}."


def _publisher(told: Told) -> str:
    return f"{told.by} said as whom the programme publishes its awards."


SENTENCES: Mapping[str, Sentence] = {
    "grants.file_given": _given,
    "grants.file_read": _read,
    "grants.publisher_said": _publisher,
}
