"""On a page that only reads, the same question is asked of the database once."""

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")

_answers: ContextVar[dict[tuple[object, ...], object] | None] = ContextVar("_answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Nothing is changed inside, so that what was read stays true to its end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(question: Callable[[Iterable[M]], R]) -> Callable[[Iterable[M]], R]:
    """Mark a question about rows. Inside `reading()`, asked again of the same rows it is not
    asked of the database; outside, it always is."""

    @functools.wraps(question)
    def asked(rows: Iterable[M]) -> R:
        answers, rows = _answers.get(), list(rows)
        if answers is None:
            return question(rows)
        key = (question, *sorted(row.pk for row in rows))
        if key not in answers:
            answers[key] = question(rows)
        return answers[key]  # type: ignore[return-value]  # kept under its own question

    return asked
