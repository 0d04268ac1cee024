"""On a page that only reads, the same question is asked of the database once, and for no more
than is read."""

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

A = TypeVar("A", bound=Hashable)
M = TypeVar("M", bound=models.Model | int)
R = TypeVar("R")
T = TypeVar("T", bound=models.Model)

# By question, then by whom or what it is about.
_answers: ContextVar[dict[object, dict[Any, Any]] | None] = ContextVar("_answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Nothing is changed inside, so that what was read stays true to its end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(
    question: Callable[[Iterable[M]], dict[int, R]],
) -> Callable[[Iterable[M]], dict[int, R]]:
    """Mark a question about rows, or about keys, that answers for each, by its key. Inside
    `reading()`, the database is asked only about those that it was not asked about before;
    outside, about all."""

    @functools.wraps(question)
    def asked(rows: Iterable[M]) -> dict[int, R]:
        answers, rows = _answers.get(), list(rows)
        if answers is None:
            return question(rows)
        known = answers.setdefault(question, {})
        new = [row for row in rows if _key(row) not in known]
        if new:
            known.update(question(new))
        return {_key(row): known[_key(row)] for row in rows}

    return asked


def asked_once_by(question: Callable[[A], R]) -> Callable[[A], R]:
    """The same for what one reader asks. Their seats are part of it: with other seats, they are
    another reader. Answer with what nobody changes, such as a tuple."""

    @functools.wraps(question)
    def asked(reader: A) -> R:
        answers = _answers.get()
        if answers is None:
            return question(reader)
        known = answers.setdefault(question, {})
        if reader not in known:
            known[reader] = question(reader)
        answer: R = known[reader]
        return answer

    return asked


def beside(rows: "models.QuerySet[T]", *columns: str) -> "models.QuerySet[T]":
    """The rows, and of what they name these columns alone: "cluster__name". Most of what a page
    takes is putting columns into words for the database and back, not the database."""
    own = [field.name for field in rows.model._meta.concrete_fields]
    return rows.select_related(*{column.rpartition("__")[0] for column in columns}).only(
        *own, *columns
    )


def _key(row: models.Model | int) -> int:
    key: int = row if isinstance(row, int) else row.pk
    return key
