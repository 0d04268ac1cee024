"""A stranger's JSON file, one grant after another, however long it is.

Only one grant at a time is held. What JSON does not know (NaN), what cannot be meant (one key
twice) and numbers that no amount needs are told with the grant in which they stand.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any, BinaryIO

MOST_OF_ONE = 4 * 1024 * 1024  # characters of one grant, or of what stands beside the grants
_CHUNK = 256 * 1024  # bytes
_LONGEST_NUMBER = 100  # characters
_SPACE = re.compile(r"[ \t\n\r]*")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# How Python's reader begins its complaints -> the same for people.
_IN_WORDS = (
    ("Expecting ','", "a comma is missing or out of place"),
    ("Expecting ':'", "a colon is missing or out of place"),
    ("Expecting property", "a name in quotation marks is due here"),
    ("Expecting value", "a value is due here"),
    ("Invalid control", "there is a line break or a tab inside a text"),
    ("Invalid \\", "there is a backslash in a text where none can be"),
)
_OTHERWISE = "something is missing or out of place here"


class NotJson(Exception):
    """The sentence is for whoever made the file; line 0 is the file as a whole."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.line = sentence, line


@dataclass(frozen=True, slots=True)
class Element:
    value: Any  # numbers as int and Decimal
    line: int  # on which it begins
    wrong: tuple[str, ...]  # sentences


def elements(stream: BinaryIO, of: str, beside: dict[str, None]) -> Iterator[Element]:
    """Each element of the list `of` in the object that the file is. The other names in that object
    are put into `beside`. Raises NotJson, also after elements were handed out."""
    text = _Text(stream)
    text.expect("{", f"It has to begin with {{, and hold a list “{of}”")
    seen: set[str] = set()
    while text.next_sign() != "}":
        if seen:
            text.expect(",", "A comma is missing")
        if text.next_sign() != '"':
            raise NotJson("This is not JSON: a name in quotation marks is due here.", text.line)
        name = text.value().value
        if name in seen:
            raise NotJson(f"“{name[:40]}” stands twice in this file. Keep one of them.", text.line)
        seen.add(name)
        text.expect(":", "A colon is missing")
        if name != of:
            beside[name] = None
            found = text.value()
            if found.wrong:
                raise NotJson(found.wrong[0], found.line)
            continue
        yield from _list(text, of)
    text.expect("}", "")
    if text.next_sign():
        raise NotJson("This is not JSON: something follows after its end.", text.line)
    if of not in seen:
        raise NotJson(f"This is JSON, but it holds no list “{of}”.")


def _list(text: "_Text", of: str) -> Iterator[Element]:
    text.expect("[", f"“{of}” has to be a list")
    if text.next_sign() == "]":
        text.expect("]", "")
        return
    while True:
        yield text.value()
        if text.next_sign() == "]":
            text.expect("]", "")
            return
        text.expect(",", "A comma is missing")


class _Text:
    """The file as far as it was read and not yet used."""

    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(0)
        head = stream.read(4)
        stream.seek(0)
        encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
        self.stream, self.decoder = stream, codecs.getincrementaldecoder(encoding)()
        self.buffer, self.at, self.line, self.has_ended = "", 0, 1, False
        self.wrong: list[str] = []
        self.json = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=self._float,
            parse_int=self._int,
            parse_constant=self._constant,
        )

    def next_sign(self) -> str:
        """The next that is no space, which stays where it is; "" at the end."""
        while True:
            found = _SPACE.match(self.buffer, self.at)
            self._use(found.end() if found else self.at)
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self._more():
                return ""

    def expect(self, sign: str, otherwise: str) -> None:
        found = self.next_sign()
        if found != sign:
            ends = (
                "The file breaks off here: it may have been cut." if not found else otherwise + "."
            )
            raise NotJson(f"This is not JSON of 360Giving. {ends}", self.line)
        self._use(self.at + 1)

    def value(self) -> Element:
        self.next_sign()
        line = self.line
        while True:
            self.wrong = []
            try:
                value, end = self.json.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError as wrong:
                if len(self.buffer) - self.at < MOST_OF_ONE and self._more():
                    continue
                raise self._not_json(wrong) from wrong
            except RecursionError:
                raise NotJson("Too much is put into one another here.", line) from None
            if end == len(self.buffer) and self._more():
                continue  # 12 may be the beginning of 123
            self._use(end)
            return Element(value=value, line=line, wrong=tuple(dict.fromkeys(self.wrong)))

    def _not_json(self, wrong: json.JSONDecodeError) -> NotJson:
        line = self.line + self.buffer.count("\n", self.at, wrong.pos)
        if not self.has_ended and (
            wrong.msg.startswith("Unterminated") or wrong.pos > len(self.buffer) - _LONGEST_NUMBER
        ):
            longest = f"{MOST_OF_ONE // 1024**2} million characters"
            return NotJson(f"What begins here is longer than {longest}.", self.line)
        if self.has_ended and not self.buffer[wrong.pos :].strip():
            return NotJson("The file breaks off here: it may have been cut.", line)
        if wrong.msg.startswith("Unterminated"):
            return NotJson("A text begins here and never ends: the file may have been cut.", line)
        found = (words for start, words in _IN_WORDS if wrong.msg.startswith(start))
        return NotJson(f"This is not JSON: {next(found, _OTHERWISE)}.", line)

    def _more(self) -> bool:
        """Read on; False at the end."""
        if self.has_ended:
            return False
        # As much again as is held, so that a long grant is not tried too often.
        chunk = self.stream.read(max(_CHUNK, len(self.buffer) - self.at))
        try:
            words = self.decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as wrong:
            line = self.line + self.buffer.count("\n", self.at)
            line += wrong.object[: wrong.start].count(b"\n")
            sentence = "Letters on this line are not in UTF-8. Save the file as UTF-8."
            raise NotJson(sentence, line) from wrong
        self.buffer, self.at = self.buffer[self.at :] + words, 0
        self.has_ended = not chunk
        return True

    def _use(self, to: int) -> None:
        self.line += self.buffer.count("\n", self.at, to)
        self.at = to

    def _object(self, pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(name for name, _ in pairs)
            twice = next(name for name in times if times[name] > 1)
            self.wrong.append(f"“{twice[:40]}” stands twice in one object. Keep one of them.")
        return found

    def _float(self, words: str) -> Decimal:
        try:
            if len(words) <= _LONGEST_NUMBER:
                return Decimal(words)
        except DecimalException:
            pass
        return self._no_number(words)

    def _int(self, words: str) -> int | Decimal:
        return int(words) if len(words) <= _LONGEST_NUMBER else self._no_number(words)

    def _no_number(self, words: str) -> Decimal:
        self.wrong.append(f"The number {words[:20]}… is longer than any amount.")
        return Decimal()

    def _constant(self, words: str) -> None:
        self.wrong.append(f"{words} is no number that JSON knows.")
