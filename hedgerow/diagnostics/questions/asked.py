"""What each question asks for, in words, with every limit: for whoever reads before answering."""

from collections.abc import Mapping

from hedgerow.diagnostics.file_kinds import ENDINGS, MOST_BYTES
from hedgerow.look.words import count, number
from hedgerow.units import pounds

from .answers import MOST_NOTE, MOST_NUMBER, MOST_POUNDS, MOST_TEXT
from .instruments import KNOWN_AS, SAYS, Column, Instrument, Item, Kind, Scale, Scored

_MEGABYTE = 1024 * 1024

_COUNTED: Mapping[Scored, str] = {
    Scored.NOTHING: "Your answers stand side by side. Nothing is counted.",
    Scored.NEEDS: (
        "Where priority is two steps or more above strength, it presses. The picture shows for how "
        "many of you each one presses, and who is strong in it and could help."
    ),
    Scored.BASELINE: "The picture shows how many of you have each thing in place.",
    Scored.SPREAD: "The picture shows how many of you said what. Nothing is made into one mark.",
    Scored.OFFERS: "The picture puts who has something beside who wants it.",
    Scored.SUMS: "Numbers and amounts are added up over those of you who answered.",
}


def asks_for(asked: Item | Column) -> str:
    """One sentence, with the limit. Lists of what to choose from are not in it."""
    match asked.kind:
        case Kind.TEXT:
            return f"In words, up to {asked.most or MOST_TEXT:,} characters."
        case Kind.NUMBER:
            unit = asked.unit if isinstance(asked, Item) else ""
            of = f" of {unit}" if unit else ""
            return f"A whole number{of}, {asked.most or MOST_NUMBER:,} at most."
        case Kind.MONEY:
            return f"An amount in pounds and pence, {pounds(asked.most or MOST_POUNDS)} at most."
        case Kind.DAY:
            return "A day, such as 31 March 2027."
        case Kind.SAYS:
            return _says(asked)
        case Kind.SCALE:
            assert asked.scale
            return f"One of {count(len(asked.scale.steps), 'step')}: {_steps(asked.scale)}."
        case Kind.CHOICE:
            return "One of these:"
        case Kind.SEVERAL:
            return f"{_up_to(asked)} of these:"
        case Kind.RANKED:
            return f"{_up_to(asked)} of these, in order:"
        case Kind.TABLE:
            assert isinstance(asked, Item)
            return _table(asked)
        case Kind.FILE:
            endings = ", ".join(ENDINGS)
            return f"One file of {_MEGABYTES} at most: {endings}."


_MEGABYTES = count(MOST_BYTES // _MEGABYTE, "megabyte")


def n_asked(instrument: Instrument) -> int:
    """How many things there are to answer: of a table whose lines are asked for, each line."""
    return sum(len(item.rows) or 1 for item in instrument.items)


def marks_of(item: Item) -> tuple[str, ...]:
    """What else there is to know of a question before it is answered."""
    found = []
    if item.is_public:
        found.append("This is public knowledge.")
    if item.known_as:
        found.append(f"It is filled in for you from {KNOWN_AS[item.known_as]}, where it is known.")
    if item.flags:
        found.append("“No” here means below the baseline.")
    return tuple(found)


def counted(instrument: Instrument) -> tuple[str, ...]:
    """What is made of the answers of several members."""
    said = [_COUNTED[instrument.scored]]
    if n_flags := sum(item.flags for item in instrument.items):
        said.append(
            f"“No” to one of {number(n_flags)} of them means below the baseline; “don’t know” "
            "there means that it cannot be told."
        )
    return tuple(said)


def _says(asked: Item | Column) -> str:
    *first, last = SAYS.values()
    also = []
    if isinstance(asked, Item) and asked.has_note:
        also.append(f"a note, up to {MOST_NOTE} characters")
    if isinstance(asked, Item) and asked.has_cost:
        also.append(f"what it would cost to put right, {pounds(MOST_POUNDS)} at most")
    and_also = f"; and if you like, {', and '.join(also)}" if also else ""
    words = [first[0], *(word[:1].lower() + word[1:] for word in first[1:])]
    return f"{', '.join(words)} or {last[:1].lower() + last[1:]}{and_also}."


def _steps(scale: Scale) -> str:
    return "; ".join(f"{at} – {words}" for at, words in enumerate(scale.steps, start=1))


def _up_to(asked: Item | Column) -> str:
    n = len(asked.options)
    if not asked.most or asked.most == n:
        return "As many as are true"
    return "One" if asked.most == 1 else f"Up to {number(asked.most)}"


def _table(item: Item) -> str:
    if item.rows:
        return f"A table of {count(len(item.rows), 'line')}, of which you may leave out any."
    return (
        f"A table with a line for each {item.row_name.lower()}, up to {item.most} of them; "
        "you write the names."
    )
