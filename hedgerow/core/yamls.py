"""Reading YAML that somebody else wrote: each fault with its line and column, and none hidden.

What is read is plain: names, words and lists. Words are taken as they stand ("no" is a word here,
and 2009-10 is not a sum); what they must be, the reader of each name says.

`read_yaml` gives the top `Node`. Taking things from it never raises: what is missing or wrong
becomes a fault, and something empty of the right type is handed back, so that reading goes on to
the last line. Ask `faults()` at the end, and use nothing of what was read if there are any.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import yaml

from hedgerow.core.faults import Fault
from hedgerow.units import Pence, read_pounds

MOST_CHARACTERS = 1_000_000
MOST_NODES = 20_000
MOST_DEPTH = 20
MOST_FAULTS = 100

Read = TypeVar("Read")
_Collection = list["Node"] | dict[str, "Node"]

_LINE_END = re.compile(r"\r\n|\r|\n")
# With these gone, a line here is a line in every editor, and nothing in it is out of sight.
_UNSEEN = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_WHOLE = re.compile(r"[0-9]{1,9}")
_HALVES = re.compile(r"([0-9]{1,4})(\.0|\.5)?")
_SPAN = re.compile(r"([0-9]{1,4}) (day|week)s?")

# What PyYAML says, and how we would say it.
_PLAINLY = (
    (
        "mapping values are not allowed",
        "a colon stands where none can: line this up, or put the words in quotes",
    ),
    ("could not find expected ':'", "there is no colon after this name"),
    ("expected <block end>", "this does not line up with what it belongs to"),
    ("did not find expected <document start>", "this does not line up with what it belongs to"),
    ("found unexpected end of stream", "a quote is opened here and never closed"),
    ("found unexpected document separator", "a quote is opened here and never closed"),
    ("cannot start any token", "words cannot begin with this sign; put them in quotes"),
    ("found unknown escape", "a backslash in double quotes stands here; use single quotes"),
    ("expected ',' or ", "a bracket opened here is not closed, or a comma is missing after it"),
)


@dataclass(kw_only=True)
class _Page:
    """One file: its name, and what was found wrong with it so far."""

    name: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, column: int, sentence: str) -> Fault:
        said = f"Line {line}: {sentence}"
        return Fault(sheet=self.name, row=line, column=str(column), sentence=said)

    def say(self, line: int, column: int, sentence: str) -> None:
        self.faults.append(self.fault(line, column, sentence))


@dataclass(kw_only=True, eq=False)
class Node:
    """A place in the file and what stands there. Lines and columns count from 1.

    `held` is None where a fault has already been found: whatever is taken from there is empty, and
    no second fault is made of it.
    """

    line: int
    column: int
    held: str | _Collection | None
    page: _Page = field(repr=False)
    keys: dict[str, "Node"] = field(default_factory=dict, repr=False)  # where each name stands
    asked: set[str] = field(default_factory=set, repr=False)
    good: set[str] = field(default_factory=set, repr=False)  # names whose words could be used

    def text(self, key: str, *, otherwise: str | None = None, most: int = 600) -> str:
        """Words on one line, however many they fill in the file. Never empty if required."""
        should = f"words, {most:,} characters at most"
        return self._read(
            key, lambda said: said if len(said) <= most else None, should, otherwise, ""
        )

    def sentence(self, key: str, *, otherwise: str | None = None, most: int = 600) -> str:
        """Words that end with a full stop."""

        def read(said: str) -> str | None:
            return said if said.endswith(".") and len(said) <= most else None

        should = f"a sentence that ends with a full stop, {most:,} characters at most"
        return self._read(key, read, should, otherwise, "")

    def slug(self, key: str, *, otherwise: str | None = None) -> str:
        should = "small letters, digits and hyphens, 60 at most, such as “next-meeting”"
        return self.shaped(key, _SLUG, should, otherwise=otherwise, most=60)

    def shaped(
        self,
        key: str,
        pattern: re.Pattern[str],
        should: str,
        *,
        otherwise: str | None = None,
        most: int = 200,
    ) -> str:
        """Words of a given form; `should` finishes the sentence “key” must be …"""

        def read(said: str) -> str | None:
            return said if len(said) <= most and pattern.fullmatch(said) else None

        return self._read(key, read, should, otherwise, "")

    def choice(self, key: str, of: Sequence[str], *, otherwise: str | None = None) -> str:
        should = f"one of {', '.join(of)}"
        return self._read(key, lambda said: said if said in of else None, should, otherwise, "")

    def flag(self, key: str, *, otherwise: bool | None = None) -> bool:
        words = {"true": True, "false": False}
        return self._read(key, words.get, "true or false", otherwise, False)

    def number(self, key: str, *, least: int, most: int, otherwise: int | None = None) -> int:
        def read(said: str) -> int | None:
            whole = int(said) if _WHOLE.fullmatch(said) else None
            return whole if whole is not None and least <= whole <= most else None

        should = f"a whole number from {least} to {most}, in figures"
        return self._read(key, read, should, otherwise, least)

    def half_days(self, key: str, *, otherwise: int | None = None) -> int:
        """Days in whole or half days, as half days: “4.5” is 9."""

        def read(said: str) -> int | None:
            days = _HALVES.fullmatch(said)
            return int(days[1]) * 2 + (days[2] == ".5") if days else None

        return self._read(key, read, "whole or half days, such as 6 or 4.5", otherwise, 0)

    def days(self, key: str, *, otherwise: int | None = None) -> int:
        """A length of time, in days: “4 weeks” is 28. Never 0."""

        def read(said: str) -> int | None:
            span = _SPAN.fullmatch(said)
            return (int(span[1]) * (7 if span[2] == "week" else 1)) or None if span else None

        should = "a length of time above nothing, such as “10 days” or “4 weeks”"
        return self._read(key, read, should, otherwise, 1)

    def pounds(self, key: str, *, otherwise: Pence | None = None) -> Pence:
        def read(said: str) -> Pence | None:
            try:
                amount = read_pounds(said)
            except ValueError:
                return None
            return amount if amount >= 0 else None

        should = "an amount in pounds, such as £15,000"
        return self._read(key, read, should, otherwise, Pence(0))

    def texts(self, key: str, *, of: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of words, none of them twice; if `of` is given, each one of those."""
        should = f"one of {', '.join(of)}" if of else "words"
        found: dict[str, int] = {}
        for node in self.each(key):
            said = node._said()
            if said is None or (of and said not in of):
                node._wrong(f"each entry of “{key}” must be {should}")
            elif said in found:
                node.fault(f"“{_short(said)}” is here twice; it is on line {found[said]} already.")
            else:
                found[said] = node.line
        return tuple(found)

    def each(self, key: str, *, least: int = 1) -> list["Node"]:
        """The entries of a list. With `least` 0 the list may be left out."""
        node = self._under(key, required=least > 0)
        if node is None or node.held is None:
            return []
        if not isinstance(node.held, list):
            node._wrong(f"“{key}” must be a list, each entry on its own line after a dash")
            return []
        if len(node.held) < least:
            node.fault(f"“{key}” must have at least {least} in its list; it has {len(node.held)}.")
        return node.held

    def one(self, key: str) -> "Node":
        """The names and what belongs to them under this name."""
        node = self._under(key, required=True)
        if node is None:
            return Node(line=self.line, column=self.column, held=None, page=self.page)
        node._names(f"“{key}” must hold names with a colon after each")
        return node

    def has(self, *keys: str) -> bool:
        """Whether words stand under each of these names and were read without a fault."""
        return self.good.issuperset(keys)

    def names(self, key: str) -> bool:
        return isinstance(self.held, dict) and key in self.held

    def fault(self, sentence: str, *, at: str = "") -> None:
        """Say what is wrong here, or with what stands under the name `at`, if it is there."""
        node = self.held[at] if at and isinstance(self.held, dict) and at in self.held else self
        self.page.say(node.line, node.column, sentence)

    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong, in the order of the file, with the names that nobody asked for."""
        found = list(dict.fromkeys((*self.page.faults, *self._never_asked_for())))
        found.sort(key=lambda fault: (fault.row, int(fault.column)))
        if len(found) <= MOST_FAULTS:
            return tuple(found)
        last = found[MOST_FAULTS - 1]
        there_is_more = f"{len(found) - MOST_FAULTS + 1:,} more faults follow. Mend these first."
        return (
            *found[: MOST_FAULTS - 1],
            self.page.fault(last.row, int(last.column), there_is_more),
        )

    def _never_asked_for(self) -> Iterator[Fault]:
        if isinstance(self.held, list):
            for node in self.held:
                yield from node._never_asked_for()
        elif isinstance(self.held, dict) and self.asked:
            for key, node in self.held.items():
                if key in self.asked:
                    yield from node._never_asked_for()
                else:
                    yield self._unknown(key)

    def _unknown(self, key: str) -> Fault:
        near = difflib.get_close_matches(key, sorted(self.asked), n=1)
        meant = f" Did you mean “{near[0]}”?" if near else ""
        sentence = f"“{_short(key)}” is not a name that can stand here.{meant}"
        return self.page.fault(self.keys[key].line, self.keys[key].column, sentence)

    def _names(self, should: str) -> dict[str, "Node"] | None:
        if isinstance(self.held, dict):
            return self.held
        if self.held is not None:
            self._wrong(should)
            self.held = None
        return None

    def _under(self, key: str, *, required: bool) -> "Node | None":
        names = self._names("here must stand names with a colon after each")
        self.asked.add(key)
        if names is None:
            return None
        node = names.get(key)
        if node is None and required:
            self.fault(f"“{key}” is missing here.")
        elif node is not None and node.held == "" and required:
            node.fault(f"nothing is written under “{key}”.")
            node.held = None
        return None if node is not None and node.held == "" else node

    def _read(
        self,
        key: str,
        read: Callable[[str], Read | None],
        should: str,
        otherwise: Read | None,
        empty: Read,
    ) -> Read:
        node = self._under(key, required=otherwise is None)
        instead = empty if otherwise is None else otherwise
        if node is None or node.held is None:
            return instead
        said = node._said()
        found = None if said is None else read(said)
        if found is None:
            node._wrong(f"“{key}” must be {should}")
            return instead
        self.good.add(key)
        return found

    def _said(self) -> str | None:
        return " ".join(self.held.split()) if isinstance(self.held, str) else None

    def _wrong(self, should: str) -> None:
        match self.held:
            case "":
                there = "nothing is written there"
            case str():
                there = f"it says “{_short(self._said() or '')}”"
            case list():
                there = "a list stands there"
            case dict():
                there = "names with colons stand there"
            case None:
                return
        self.fault(f"{should}; {there}.")


def no_twins(nodes: Iterable[Node], key: str) -> None:
    """A fault for each node that says under this name what an earlier one says."""
    first: dict[str, int] = {}
    for node in nodes:
        found = node.held.get(key) if isinstance(node.held, dict) else None
        said = found._said() if found else None
        if not said:
            continue
        if said in first:
            node.fault(f"“{_short(said)}” is the “{key}” on line {first[said]} already.", at=key)
        elif found:
            first[said] = found.line


def read_yaml(text: str | bytes, *, name: str) -> Node:
    """The top of a file, with its names. `name` is what the faults call the file.

    Where it is not YAML at all, or too much of it, what is wrong is in `faults()` and nothing can
    be taken from it. A fault of the YAML itself ends the reading: what follows it means nothing.
    """
    page = _Page(name=name)
    nothing = Node(line=1, column=1, held=None, page=page)
    if len(text) > MOST_CHARACTERS:
        nothing.fault(
            f"the file is longer than {MOST_CHARACTERS:,} characters; take a shorter one."
        )
        return nothing
    words = (text if isinstance(text, str) else _decoded(text, page)).removeprefix("\ufeff")
    _look_for_unseen(words, page)
    top = nothing if page.faults else _composed(words, page) or nothing
    top._names("here must stand names with a colon after each")
    return top


def _decoded(text: bytes, page: _Page) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as wrong:
        before = _LINE_END.split(text[: wrong.start].decode("utf-8"))
        sentence = "this is not text in UTF-8. Save the file as UTF-8 and try again."
        page.say(len(before), len(before[-1]) + 1, sentence)
        return ""


def _look_for_unseen(text: str, page: _Page) -> None:
    for row, line in enumerate(_LINE_END.split(text), start=1):
        if unseen := _UNSEEN.search(line):
            page.say(row, unseen.start() + 1, _of_unseen(unseen[0]))


def _of_unseen(sign: str) -> str:
    if sign == "\t":
        return "there is a tab here; write spaces in its place."
    return f"there is a sign here that cannot be seen (U+{ord(sign):04X}); take it out."


def _composed(text: str, page: _Page) -> Node | None:
    """The tree, grown from the parser's events, so that no depth and no alias can run away."""
    parser = yaml.SafeLoader(text)
    tree = _Tree(page=page)
    try:
        while tree.grows and parser.check_event():
            event: yaml.Event = parser.get_event()  # type: ignore[no-untyped-call]  # bare stub
            tree.take(event)
    except yaml.MarkedYAMLError as wrong:
        _not_yaml(wrong, page)
        return None
    except (ValueError, OverflowError):  # PyYAML reads the numbers of escapes without a bound
        mark = parser.get_mark()
        page.say(mark.line + 1, mark.column + 1, "a number stands here that is beyond all bounds.")
        return None
    if tree.top is None and not page.faults:
        page.say(1, 1, "nothing is written in this file.")
    return tree.top


def _not_yaml(wrong: yaml.MarkedYAMLError, page: _Page) -> None:
    opened = any(word in (wrong.context or "") for word in ("quoted scalar", "flow"))
    mark = (opened and wrong.context_mark) or wrong.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = wrong.problem or "it cannot be read"
    said = next(
        (ours for theirs, ours in _PLAINLY if theirs in problem), f"this is not YAML: {problem}"
    )
    page.say(line, column, f"{said}.")


@dataclass(kw_only=True)
class _Tree:
    """Nodes, as the parser comes to them."""

    page: _Page
    top: Node | None = None
    grows: bool = True
    n_nodes: int = 0
    open_nodes: list[Node] = field(default_factory=list)
    # Of each open node, the name that waits for what belongs to it.
    names: list[Node | None] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._look_at(event)
                self._put(self._node(event, _words(event)))
            case yaml.SequenceStartEvent():
                self._look_at(event)
                self._open(self._node(event, []))
            case yaml.MappingStartEvent():
                self._look_at(event)
                self._open(self._node(event, {}))
            case yaml.CollectionEndEvent():
                self.open_nodes.pop()
                self.names.pop()
            case yaml.AliasEvent():
                node = self._node(event, None)
                there = _short(event.anchor or "")
                node.fault(f"“*{there}” points to another place; write it out here.")
                self._put(node)
            case yaml.DocumentStartEvent() if self.top:
                self._node(event, None).fault("a second document begins here; a file holds one.")
                self.grows = False

    def _node(self, event: yaml.Event, held: str | _Collection | None) -> Node:
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Node(line=line, column=column, held=held, page=self.page)

    def _look_at(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        here = self._node(event, None)
        if event.anchor is not None:
            here.fault(f"“&{_short(event.anchor)}” names this place for later; leave that out.")
        if event.tag is not None:
            here.fault(f"“{_short(event.tag)}” is a tag; leave it out.")
        said = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if unseen := _UNSEEN.search(said.replace("\n", "")):
            here.fault(_of_unseen(unseen[0]))

    def _open(self, node: Node) -> None:
        if len(self.open_nodes) == MOST_DEPTH:
            self._stop(node, f"this is more than {MOST_DEPTH} levels deep.")
            return
        self._put(node)
        self.open_nodes.append(node)
        self.names.append(None)

    def _put(self, node: Node) -> None:
        self.n_nodes += 1
        if self.n_nodes > MOST_NODES:
            self._stop(node, f"there are more than {MOST_NODES:,} entries in this file.")
        elif not self.open_nodes:
            self.top = node
        elif isinstance(inside := self.open_nodes[-1].held, list):
            inside.append(node)
        elif (name := self.names[-1]) is None:
            self.names[-1] = node
            if not isinstance(node.held, str) and node.held is not None:
                node.fault("a name before a colon must be words on one line.")
        else:
            self.names[-1] = None
            self._put_under(name, node)

    def _stop(self, node: Node, sentence: str) -> None:
        """Leave nothing to take: half a tree would seem to lack what was not read."""
        node.fault(sentence)
        self.top = None
        self.grows = False

    def _put_under(self, name: Node, node: Node) -> None:
        around = self.open_nodes[-1]
        if not isinstance(around.held, dict) or not isinstance(name.held, str):
            return
        if first := around.keys.get(name.held):
            name.fault(f"“{_short(name.held)}” is here twice; it is on line {first.line} already.")
            return
        around.held[name.held] = node
        around.keys[name.held] = name


def _words(event: yaml.ScalarEvent) -> str:
    """What a scalar says; nothing for a blank, whichever way it is written."""
    is_null = event.style is None and event.value in ("~", "null")
    return "" if is_null or not event.value.strip() else event.value


def _short(said: str, most: int = 60) -> str:
    return said if len(said) <= most else f"{said[: most - 1]}…"
