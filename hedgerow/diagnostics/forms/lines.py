"""What stands on the page of a section, line by line: fields, groups of radios, rows of a table."""

from dataclasses import dataclass

from hedgerow.diagnostics.questions.answers import MOST_NUMBER, MOST_TEXT
from hedgerow.diagnostics.questions.instruments import SAYS, Column, Item, Kind, Option
from hedgerow.look.words import count, first_low, first_up, listed, number
from hedgerow.units import pounds

_SHORT_LIST = 7  # options; more of them stand in a list that opens
_ONE_LINE = 200  # characters; more of them want a larger field


@dataclass(frozen=True, kw_only=True)
class ChoiceLine:
    key: str
    value: str
    words: str
    help: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One field, or one group of radios."""

    name: str
    label: str
    how: str  # line, words, select, picks (one under the other), steps (side by side, with words)
    typed: str = ""
    help: str = ""
    oops: str = ""
    inputmode: str = ""
    is_money: bool = False
    unit: str = ""
    size: str = "ch20"
    choices: tuple[ChoiceLine, ...] = ()

    @property
    def first(self) -> str:
        """What a link to it leads to."""
        return self.choices[0].key if self.how in ("picks", "steps", "strip") else self.name


@dataclass(frozen=True, kw_only=True)
class RowLine:
    key: str
    name: str  # "": they name it
    help: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    item: Item
    name: str
    came_from: str  # where it was filled in from, if nobody has looked at it yet
    limit: str  # "Up to 2,000 characters."
    oops: str
    entry: Entry | None = None
    beside: tuple[Entry, ...] = ()  # note and cost
    choices: tuple[ChoiceLine, ...] = ()  # of several
    ranks: tuple[Entry, ...] = ()
    rows: tuple[RowLine, ...] = ()
    are_strips: bool = False  # scales only: two strips of steps beside each row
    file_name: str = ""

    @property
    def are_short(self) -> bool:
        """Yes, partly, no and don't know fit beside each other."""
        return self.item.kind is Kind.SAYS

    @property
    def is_more_open(self) -> bool:
        """Whether a note or a cost stands there already, or is wrong."""
        return any(entry.typed or entry.oops for entry in self.beside)

    @property
    def more(self) -> str:
        """What stands folded beside the answer: "Add a note"."""
        return f"Add {listed(first_low(entry.label) for entry in self.beside)}"

    @property
    def has_column_help(self) -> bool:
        return any(column.help for column in self.item.columns)


def limit_of(item: Item) -> str:
    """What can be written or chosen at most, as a sentence; "" where there is nothing to say."""
    match item.kind:
        case Kind.TEXT:
            return f"{item.most or MOST_TEXT:,} characters at most."
        case Kind.NUMBER:
            return f"A whole number, {item.most or MOST_NUMBER:,} at most."
        case Kind.MONEY:
            return f"In pounds, {pounds(item.most)} at most." if item.most else "In pounds."
        case Kind.DAY:
            return "A day, such as 31 March 2027."
        case Kind.SEVERAL if item.most:
            return f"Choose {number(item.most)} at most."
        case Kind.RANKED:
            return f"Number up to {number(item.most or len(item.options))}, the first first."
        case Kind.TABLE if not item.rows:
            return f"{first_up(count(item.most, 'row'))} at most."
        case _:
            return ""


def options_of(asked: Item | Column) -> tuple[Option, ...]:
    if asked.kind is Kind.SAYS:
        return tuple(Option(slug=slug, name=name) for slug, name in SAYS.items())
    if asked.kind is Kind.SCALE:
        assert asked.scale
        return tuple(
            Option(slug=str(at), name=words) for at, words in enumerate(asked.scale.steps, start=1)
        )
    return asked.options if asked.kind is Kind.CHOICE else ()


def how_asked(
    asked: Item | Column, options: tuple[Option, ...], *, is_alone: bool, is_strip: bool
) -> str:
    if asked.kind is Kind.TEXT:
        return "words" if is_alone and (asked.most or MOST_TEXT) > _ONE_LINE else "line"
    if not options:
        return "line"
    if is_strip:
        return "strip"
    if not is_alone or len(options) > _SHORT_LIST:
        return "select"
    return "steps" if asked.kind is Kind.SCALE else "picks"


def choice_lines(
    name: str, options: tuple[Option, ...], chosen: list[str], *, with_none: bool = False
) -> tuple[ChoiceLine, ...]:
    if not options:
        return ()
    lines = [
        ChoiceLine(
            key=f"{name}--{option.slug}",
            value=option.slug,
            words=option.name,
            help=option.help,
            is_on=option.slug in chosen,
        )
        for option in options
    ]
    if with_none:
        none = ChoiceLine(
            key=f"{name}--none",
            value="",
            words="No answer",
            help="",
            is_on=not any(line.is_on for line in lines),
        )
        lines.append(none)
    return tuple(lines)


def places_of(line: ItemLine):
    """(name, where a link to it leads, how it begins) of everything on the line that can be wrong."""
    question = line.item.question
    if line.entry is None:
        yield line.name, line.name, question
    else:
        yield line.name, line.entry.first, question
    for entry in (*line.beside, *line.ranks):
        yield entry.name, entry.first, f"{question} {entry.label}:"
    for at, row in enumerate(line.rows, start=1):
        for entry in row.entries:
            where = row.name or f"{line.item.row_name or 'Row'} {at}"
            yield entry.name, entry.first, f"{where}, {entry.label}:"
