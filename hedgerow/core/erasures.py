"""Erasing a person: what goes, what is blanked and what stays is read from the tables alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from . import clock
from .actions import Refused
from .database import checkpoint
from .home import UPLOADS, flush
from .models import Mail, Upload
from .rooms import OnErasure, Table, tables

SOMEBODY = "somebody"  # stands where the person was named in letters to others
OTHERS_RELY_ON_IT = "Others rely on it. It stays with the name of the seat, not of the person."

_A_WHILE = timedelta(minutes=1)  # between a file and its row, at most

# An instant that says the row was emptied, so that nobody waits for what stood in it.
_SAYS_SO: dict[type[models.Model], str] = {Mail: "blanked_at", Upload: "removed_at"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """What becomes of the rows of one table that are about a person."""

    table: str  # "people.seat"
    called: str  # "Seats"
    n: int
    what: OnErasure
    fields: tuple[str, ...] = ()  # that are blanked
    why: str = ""  # it stays: a sentence


def lines_for(person: int, email: str) -> list[Line]:
    """What an erasure would do, table by table; tables with nothing about them left out."""
    found = (_line(table, rows_about(table, person, email)) for table in tables().values())
    return [line for line in found if line.n]


def erase(person: int, email: str, *, named: Iterable[str]) -> dict[str, int]:
    """Inside an action: delete, blank and keep as the tables say. Returns how many rows of each
    table went or were blanked. `named` is how letters to others name the person.

    What is outside the database is for `finish`, once this is committed.
    """
    assert connection.in_atomic_block, "an erasure is done whole or not at all"
    _forget_sessions(person, email)
    counts: dict[str, int] = {}
    for label, table in tables().items():
        rows = rows_about(table, person, email)
        if table.on_erasure is OnErasure.DELETE:
            counts[label] = rows.delete()[0]
        elif table.on_erasure is OnErasure.BLANK:
            counts[label] = _blank(table.model, rows)
    _take_out_of_letters([email, *named])
    return {label: n for label, n in counts.items() if n}


def finish(person: int) -> None:
    """After the erasure was committed: the person's files, and what the database's log still
    holds. Safe to run twice. Raises Refused if something has to wait, and is to be tried again.
    """
    is_clear = _remove_files(person)
    if not checkpoint() or not is_clear:
        raise Refused("Something of an erased person is in use just now; it is tried again soon.")


def rows_about(table: Table, person: int, email: str = "") -> "QuerySet[Any]":
    """Rows about a person: by the table's way to them, by their address, or, of what stays, by
    a key that leads to them in one more step, such as that of a seat."""
    about = Q(pk__in=[])
    if table.person:
        about |= Q(**{table.person: person})
    if table.on_erasure is OnErasure.KEEP:
        for way in _ways(table):
            about |= Q(**{way: person})
    elif email:
        for field in _personal(table.model):
            if isinstance(field, models.EmailField):
                about |= Q(**{f"{field.name}__iexact": email})
    keys = table.model._base_manager.filter(about).values("pk")
    return table.model._base_manager.filter(pk__in=keys)


def erased_address(person: int) -> str:
    return f"erased-{person}@erased.invalid"


def emptied(field: "models.Field[Any, Any]") -> dict[str, Any]:
    """What is written over a personal field, by its name; nothing for a key, which stays.

    Raises LookupError for a kind of field that nobody has thought of yet.
    """
    if field.is_relation or isinstance(field, models.IntegerField):
        return {}
    if isinstance(field, models.CharField | models.TextField):
        if not field.unique:
            return {field.name: ""}
        after = Value("@erased.invalid" if isinstance(field, models.EmailField) else "")
        key = Cast("pk", models.CharField())
        return {field.name: Concat(Value("erased-"), key, after)}
    if isinstance(field, models.JSONField):
        return {field.name: field.get_default()}
    if field.null:
        return {field.name: None}
    raise LookupError(f"{field} is personal, and nothing says how it is blanked")


def _line(table: Table, rows: "QuerySet[Any]") -> Line:
    what, meta = table.on_erasure, table.model._meta
    blanked = [f.name for f in _personal(table.model) if emptied(f)]
    return Line(
        table=meta.label_lower,
        called=table.called or str(meta.verbose_name_plural).capitalize(),
        n=rows.count(),
        what=what,
        fields=tuple(blanked) if what is OnErasure.BLANK else (),
        why=(table.why_kept or OTHERS_RELY_ON_IT) if what is OnErasure.KEEP else "",
    )


def _personal(model: type[models.Model]) -> "Iterator[models.Field[Any, Any]]":
    personal: frozenset[str] = getattr(model, "PERSONAL", frozenset())
    yield from (field for field in model._meta.concrete_fields if field.name in personal)


def _ways(table: Table) -> Iterator[str]:
    """Keys in this table that lead to a person, at once or through a row that is about one."""
    known = tables()
    for field in table.model._meta.concrete_fields:
        target = field.related_model if field.is_relation else None
        if not isinstance(target, type):
            continue
        if target is get_user_model():
            yield field.name
        elif target is not table.model:
            through = known.get(target._meta.label_lower)
            if through and through.person:
                yield f"{field.name}__{through.person}"


def _blank(model: type[models.Model], rows: "QuerySet[Any]") -> int:
    over: dict[str, Any] = {}
    for field in _personal(model):
        over |= emptied(field)
    if says_so := _SAYS_SO.get(model):
        rows.filter(**{says_so: None}).update(**{says_so: clock.now()})
    return rows.update(**over) if over else 0


def _take_out_of_letters(words: Iterable[str]) -> None:
    """Letters to others that name the person are kept for some days, to be sent again."""
    told = sorted({word.strip() for word in words if len(word.strip()) > 2}, key=len, reverse=True)
    if not told:
        return
    found = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in told))
    named = Q()
    for word in told:
        named |= Q(text__contains=word) | Q(subject__contains=word)
    for letter in Mail.objects.filter(named):
        letter.text = found.sub(SOMEBODY, letter.text)
        letter.subject = found.sub(SOMEBODY, letter.subject)
        letter.calendar = ""  # says what the text says, in lines broken anywhere
        letter.save(update_fields=["text", "subject", "calendar"])


def _forget_sessions(person: int, email: str) -> None:
    """Wherever they are signed in; and of strangers and others, what holds the address: a code
    half asked for, or a notice that is still to be shown."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in Session.objects.iterator(chunk_size=500):
        told = session.get_decoded()
        holding = {name for name, value in told.items() if email and email in str(value)}
        if told.get(SESSION_KEY) == str(person) or (holding and SESSION_KEY not in told):
            session.delete()
        elif holding:
            rest = {name: value for name, value in told.items() if name not in holding}
            session.session_data = store.encode(rest)
            session.save(update_fields=["session_data"])


def _remove_files(person: int) -> bool:
    """Remove the files that this person gave and that no other row wants. False if one is just
    being given again by somebody, whose row is still to come."""
    folder = Path(settings.HOME) / UPLOADS
    theirs = Upload.objects.filter(by_person=person).values_list("digest", flat=True)
    wanted = Upload.objects.filter(removed_at=None).values_list("digest", flat=True)
    is_clear = True
    for digest in set(theirs).difference(wanted):
        file = folder / digest
        if not file.exists():
            continue
        last = Upload.objects.filter(digest=digest).aggregate(at=Max("at"))["at"]
        if datetime.fromtimestamp(file.stat().st_mtime, UTC) > max(last, clock.now() - _A_WHILE):
            is_clear = False
            continue
        file.unlink(missing_ok=True)
    if folder.exists():
        flush(folder)
    return is_clear
