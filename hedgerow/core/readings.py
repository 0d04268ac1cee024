"""On a page that only reads, the same question is asked of the database once."""

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

A = TypeVar("A", bound=Hashable)
M = TypeVar("M", bound=models.Model)
R = TypeVar("R")

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
    """Mark a question about rows that answers for each, by its key. Inside `reading()`, the
    database is asked only about rows that it was not asked about before; outside, about all."""

    @functools.wraps(question)
    def asked(rows: Iterable[M]) -> dict[int, R]:
        answers, rows = _answers.get(), list(rows)
        if answers is None:
            return question(rows)
        known = answers.setdefault(question, {})
        new = [row for row in rows if row.pk not in known]
        if new:
            known.update(question(new))
        return {row.pk: known[row.pk] for row in rows}

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
