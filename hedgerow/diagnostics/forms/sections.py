"""One section of an instrument as a page to fill in: each item by its kind."""

from collections.abc import Mapping

from hedgerow.diagnostics.questions.answers import MOST_NOTE
from hedgerow.diagnostics.questions.instruments import Answers, Column, Item, Kind, Option, Section
from hedgerow.look.fields import FaultLine

from .lines import (
    ChoiceLine,
    Entry,
    ItemLine,
    RowLine,
    choice_lines,
    how_asked,
    limit_of,
    options_of,
    places_of,
)
from .typed import BLANK_ROWS, Found, Typed, n_rows, name_of, read_typed, typed_of


class SectionForm:
    """Filled from answers, or from what was sent; then `found` says what could be read."""

    def __init__(
        self,
        section: Section,
        *,
        answers: Answers,
        filled: Mapping[str, str],
        sent: Typed | None = None,
    ):
        self.section = section
        self.answers = answers
        self.filled = filled
        self.is_sent = sent is not None
        self.typed: Typed = sent if sent is not None else typed_of(section, answers)
        self.found = read_typed(section, sent, answers) if sent is not None else Found()

    @property
    def lines(self) -> list[ItemLine]:
        return [self._line(item) for item in self.section.items]

    @property
    def faults(self) -> list[FaultLine]:
        """For the summary on top, in the order of the page."""
        said = self.found.faults
        return [
            FaultLine(href=f"#{href}", label=label, sentence=said[name])
            for line in self.lines
            for name, href, label in places_of(line)
            if name in said
        ]

    @property
    def has_files(self) -> bool:
        return any(item.kind is Kind.FILE for item in self.section.items)

    def _line(self, item: Item) -> ItemLine:
        name = name_of(item)
        line = {
            "item": item,
            "name": name,
            "came_from": self.filled.get(item.slug, ""),
            "limit": limit_of(item),
            "oops": self.found.faults.get(name, ""),
        }
        match item.kind:
            case Kind.SEVERAL:
                return ItemLine(**line, choices=self._boxes(item))
            case Kind.RANKED:
                return ItemLine(**line, ranks=tuple(self._ranks(item)))
            case Kind.TABLE:
                are_strips = all(column.kind is Kind.SCALE for column in item.columns)
                rows = tuple(self._rows(item, are_strips=are_strips and bool(item.rows)))
                return ItemLine(**line, rows=rows, are_strips=are_strips and bool(item.rows))
            case Kind.FILE:
                held = self.answers.get(item.slug)
                return ItemLine(**line, file_name=held["name"] if held else "")
            case _:
                entry = self._entry(item, name, label=item.question, is_alone=True)
                return ItemLine(**line, entry=entry, beside=tuple(self._beside(item)))

    def _entry(
        self, asked: Item | Column, name: str, *, label: str, is_alone: bool, is_strip: bool = False
    ) -> Entry:
        typed = self._typed(name)
        options = options_of(asked)
        how = how_asked(asked, options, is_alone=is_alone, is_strip=is_strip)
        return Entry(
            name=name,
            label=label,
            how=how,
            typed=typed,
            oops=self.found.faults.get(name, ""),
            inputmode={Kind.NUMBER: "numeric", Kind.MONEY: "decimal"}.get(asked.kind, ""),
            is_money=asked.kind is Kind.MONEY,
            unit=asked.unit if isinstance(asked, Item) else "",
            size="ch20" if asked.kind is Kind.TEXT else "ch8",
            choices=choice_lines(name, options, [typed], with_none=how != "select"),
        )

    def _beside(self, item: Item):
        if item.has_note:
            name = name_of(item, "note")
            yield Entry(
                name=name,
                label="A note",
                how="line",
                typed=self._typed(name),
                help=f"{MOST_NOTE} characters at most.",
                oops=self.found.faults.get(name, ""),
            )
        if item.has_cost:
            cost = Column(slug="cost", name="What putting it right would cost", kind=Kind.MONEY)
            yield self._entry(cost, name_of(item, "cost"), label=cost.name, is_alone=False)

    def _boxes(self, item: Item) -> tuple[ChoiceLine, ...]:
        return choice_lines(name_of(item), item.options, self.typed.get(name_of(item), []))

    def _ranks(self, item: Item):
        places = tuple(
            Option(slug=str(n), name=str(n)) for n in range(1, (item.most or len(item.options)) + 1)
        )
        for option in item.options:
            name = name_of(item, option.slug)
            yield Entry(
                name=name,
                label=option.name,
                how="select",
                typed=self._typed(name),
                help=option.help,
                oops=self.found.faults.get(name, ""),
                choices=choice_lines(name, places, [self._typed(name)]),
            )

    def _rows(self, item: Item, *, are_strips: bool):
        if item.rows:
            keys = [(row.slug, row.name, row.help) for row in item.rows]
        else:
            n = n_rows(item, self.typed)
            keys = [(at, "", "") for at in range(min(n + BLANK_ROWS, item.most))]
        for key, name, help_words in keys:
            entries = [
                self._entry(
                    column,
                    name_of(item, key, column.slug),
                    label=column.name,
                    is_alone=False,
                    is_strip=are_strips,
                )
                for column in item.columns
            ]
            if not item.rows:
                entries.insert(0, self._row_name(item, key))
            yield RowLine(
                key=name_of(item, key, "row"), name=name, help=help_words, entries=tuple(entries)
            )

    def _row_name(self, item: Item, at: int) -> Entry:
        name = name_of(item, at)
        return Entry(
            name=name,
            label=item.row_name or "Name",
            how="line",
            typed=self._typed(name),
            oops=self.found.faults.get(name, ""),
        )

    def _typed(self, name: str) -> str:
        return self.typed.get(name, [""])[-1]
