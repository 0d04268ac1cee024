"""Questions that are put into SQL once, and asked with other values from then on.

Most of what a page of many small questions takes is Django's work of turning each into SQL, which
comes out the same every time but for the keys and days in it. Only the statement is kept, never an
answer: it depends on the code and on nothing in the database, so it cannot grow old.
"""

import copy
import functools
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple, ParamSpec, Protocol, TypeVar, cast, runtime_checkable

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from . import clock

MOST_SHAPES = 200  # of one question; then it begins again
MOST_KEYS = 256  # asked about at once; with more, a question is put into SQL anew

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
R = TypeVar("R")

Value = int | str | date
_MANY = (list, tuple, set, frozenset)
_WORDS = (bool, Enum, type)  # are part of a question; there are few of each


@runtime_checkable
class Shaped(Protocol):
    """What carries values and is more than one of them: a reader."""

    def shape(self) -> Hashable:
        """What of it changes the words of a question."""

    def values(self) -> Iterable[Value | None]:
        """What of it only fills them; None where it has nothing."""

    def filled(self, values: Iterator[Any]) -> "Shaped":
        """The same with these values in place of its own, but for those that are None."""


class _Place(NamedTuple):
    at: int  # among the values that are given


class Gap(Expression):
    """Stands in a question where a value will, or several."""

    def __init__(self, *places: int):
        super().__init__()
        self.places = places

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | date):
            raise TypeError("a question that is prepared knows no value while it is put into SQL")
        return super().__eq__(other)

    __hash__ = Expression.__hash__

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.places:
            raise EmptyResultSet
        marks = ", ".join(["%s"] * len(self.places))
        return f"({marks})", tuple(_Place(at) for at in self.places)


def prepared(question: Callable[P, "QuerySet[M, R]"]) -> Callable[P, list[R]]:
    """Mark a question that gives a queryset, to be answered with its rows. One query, as ever.

    It is given keys, days, instants, words, collections of keys, and readers. It may put them into
    filters and must not look at them: there is a gap in the place of each. They go to the database
    as they are, past what a field would make of them. What is one of a few, such as a model, a
    role, a truth or None, is part of the question. It does not ask the time, but is told it.
    """
    kept: dict[Hashable, _Statement] = {}

    @functools.wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        assert not kwargs, "asked by position, so that two ways of asking are not two shapes"
        values, shapes = list[Any](), list[Hashable]()
        for given in args:
            shapes.append(_take(given, values))
        if len(values) > MOST_KEYS:
            return list(question(*args, **kwargs))
        shape = tuple(shapes)
        statement = kept.get(shape)
        if statement is None:
            if len(kept) >= MOST_SHAPES:
                kept.clear()
            places = iter(range(len(values)))
            with clock.hidden():
                rows = cast("Any", question)(*[_with_gaps(given, places) for given in args])
                statement = kept[shape] = _Statement(rows)
        return cast("list[R]", statement.rows(values))

    return asked


class _Statement:
    def __init__(self, rows: "QuerySet[Any, Any]"):
        self._rows = rows
        self._compiler: SQLCompiler = rows.query.get_compiler(rows.db)
        try:
            self._sql, self._params = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql, self._params = "", ()

    def rows(self, values: list[Any]) -> list[Any]:
        if not self._sql:
            return []
        compiler, connection = copy.copy(self._compiler), connections[self._rows.db]
        params = tuple(
            _adapted(values[param.at], connection) if isinstance(param, _Place) else param
            for param in self._params
        )
        compiler.connection = connection  # each thread has its own
        vars(compiler)["as_sql"] = lambda: (self._sql, params)
        found = self._rows.all()
        vars(found.query)["get_compiler"] = lambda *_, **__: compiler
        return list(found)


def _take(given: Any, values: list[Any]) -> Hashable:
    """The shape of one thing that is given. What fills it goes to the values."""
    if isinstance(given, Shaped):
        values.extend(value for value in given.values() if value is not None)
        return given.shape()
    if isinstance(given, _MANY):
        keys = [key for key in given if key is not None]
        n = _rounded(len(keys))
        values.extend(keys + keys[-1:] * (n - len(keys)))
        return n
    if _is_value(given):
        values.append(given)
        return type(given).__name__
    if given is not None and not isinstance(given, _WORDS):
        raise TypeError(f"a question that is prepared takes no {type(given).__name__}")
    return cast("Hashable", given)


def _with_gaps(given: Any, places: Iterator[int]) -> Any:
    """The same with gaps, in the order in which `_take` takes values."""
    if isinstance(given, Shaped):
        return given.filled(Gap(place) for place in places)
    if isinstance(given, _MANY):
        n = _rounded(sum(key is not None for key in given))
        return Gap(*(next(places) for _ in range(n)))
    return Gap(next(places)) if _is_value(given) else given


def _is_value(given: object) -> bool:
    return isinstance(given, int | str | date) and not isinstance(given, bool | Enum)


def _rounded(n: int) -> int:
    """Up to a power of two, so that there are few shapes: the last key stands there again."""
    return 1 << (n - 1).bit_length() if n else 0


def _adapted(value: Any, connection: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
