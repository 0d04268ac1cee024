import json
import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import click

from hedgerow.analysis.voices import CARRIES, REOPENS, STANCES, Said, Tally, Way, tally
from hedgerow.commands import answer

_SAYS = {
    "carried": "It is carried",
    "not_carried": "It is not carried",
    "blocked": "It is blocked",
    "tied": "It is tied",
    "no_quorum": "Too few spoke",
}
_NUMBERS = ("number", "quorum_percent", "open_days", "reopens_after_days")
_LISTS = ("options", "entitled", "said")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")
def decide(file: Path, as_json: bool) -> None:
    """Count the votes in FILE, and say what they come to.

    FILE is JSON with “way” (consent, majority or everyone, or all names of a way of your own),
    “options” and “entitled” (lists of keys: whole numbers), and “said”: a list of
    {"organisation": 1, "stance": "agree", "option": 1}. Stances: agree, abstain, disagree, block.
    """
    try:
        sums = tally(**_read(file.read_text(encoding="utf-8")))
    except ValueError as wrong:
        _refuse(f"{file.name}: {wrong}.", as_json)
    if as_json:
        answer(asdict(sums), as_json)
    else:
        answer(_lines(sums), as_json)


def _refuse(sentence: str, as_json: bool) -> None:
    if as_json:
        answer({"fault": sentence}, as_json)
    else:
        click.echo(sentence, err=True)
    sys.exit(1)


def _lines(sums: Tally) -> list[str]:
    chosen = f": option {sums.chosen}" if sums.chosen is not None else ""
    return [
        f"{_SAYS[sums.outcome]}{chosen}.",
        f"{sums.n_spoke} of {sums.n_entitled} spoke; {sums.n_needed} needed.",
        *(f"{stance}: {n}" for stance, n in sums.counts.items()),
        *(f"option {option}: {n}" for option, n in sums.by_option.items()),
    ]


def _read(text: str) -> dict[str, Any]:
    try:
        held = json.loads(text)
    except ValueError as wrong:
        raise ValueError(f"this is not JSON: {wrong}") from wrong
    if not isinstance(held, dict) or held.keys() != {"way", *_LISTS}:
        raise ValueError(f"it must hold way, {', '.join(_LISTS)}, and nothing else")
    if wrong := [name for name in _LISTS if not isinstance(held[name], list)]:
        raise ValueError(f"“{wrong[0]}” must be a list")
    if not all(_is_key(key) for key in (*held["options"], *held["entitled"])):
        raise ValueError("“options” and “entitled” must hold whole numbers")
    return {
        "way": _way(held["way"]),
        "options": held["options"],
        "entitled": held["entitled"],
        "said": [_said(one, n) for n, one in enumerate(held["said"], start=1)],
    }


def _way(held: Any) -> Way:
    from hedgerow.agreements.ways import shipped_ways

    shipped = {way.slug: way for way in shipped_ways()}
    if isinstance(held, str):
        if held not in shipped:
            raise ValueError(f"“way” must be one of {', '.join(shipped)}, or the names of a way")
        return shipped[held]
    names = [field.name for field in fields(Way)]
    if not isinstance(held, dict) or held.keys() != set(names):
        raise ValueError(f"“way” must be one of {', '.join(shipped)}, or hold {', '.join(names)}")
    if not all(_is_key(held[name]) for name in _NUMBERS) or not isinstance(
        held["block_stops"], bool
    ):
        raise ValueError(f"in “way”, {', '.join(_NUMBERS)} must be numbers; block_stops, a truth")
    if held["carries"] not in CARRIES or held["reopens"] not in REOPENS:
        raise ValueError(
            f"“carries” is one of {', '.join(CARRIES)}; “reopens”, {', '.join(REOPENS)}"
        )
    return Way(**held)


def _said(held: Any, n: int) -> Said:
    if not isinstance(held, dict) or not {"organisation", "stance"} <= held.keys() <= {
        "organisation",
        "stance",
        "option",
    }:
        raise ValueError(f"vote {n} must hold organisation and stance, and option if it agrees")
    option = held.get("option")
    if not _is_key(held["organisation"]) or not (option is None or _is_key(option)):
        raise ValueError(f"vote {n}: organisation and option must be whole numbers")
    if held["stance"] not in STANCES:
        raise ValueError(f"vote {n}: the stance must be one of {', '.join(STANCES)}")
    return Said(organisation=held["organisation"], stance=held["stance"], option=option)


def _is_key(held: Any) -> bool:
    return isinstance(held, int) and not isinstance(held, bool)
