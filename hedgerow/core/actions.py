"""What every change has in common: whole or not at all, done by somebody, written down."""

import functools
import hashlib
import inspect
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import ParamSpec, TypeVar, cast

from django.db import models, transaction

from . import clock
from .actors import Actor
from .models import Event, Receipt, RecordHead, Versioned
from .owners import Audience, Owner

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

_written: ContextVar[list[str] | None] = ContextVar("_written", default=None)
_once: ContextVar[str] = ContextVar("_once", default="")

_KEY = re.compile(r"[\w.:+-]{0,80}", re.ASCII)


class Refused(Exception):
    """The change cannot be made now. The message is a sentence for whoever asked for it."""


class Stale(Refused):
    """Somebody else changed the thing since it was read."""


class DoneAlready(Exception):
    """The same form has been sent before; what it asked for was done then."""

    def __init__(self, receipt: Receipt):
        super().__init__(receipt.token)
        self.receipt = receipt


def action(change: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that changes the record.

    Called by keyword, with `by`, the Actor whose doing it is. What it does is done whole or not
    at all. Raises AssertionError, and undoes everything, if it neither records nor says that
    there was `nothing_to_do()`.
    """
    parameters = inspect.signature(change).parameters
    assert "by" in parameters, f"{change.__name__} does not say whose doing it is"
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())

    @functools.wraps(change)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        assert isinstance(kwargs.get("by"), Actor), f"{change.__name__} wants by=Actor(…)"
        outer, mine = _written.get(), list[str]()
        token = _written.set(mine)
        try:
            with transaction.atomic():
                if outer is None:
                    _take_receipt(cast("Actor", kwargs["by"]))
                answer = change(*args, **kwargs)
                assert mine, f"{change.__name__} changed something and did not record it"
            return answer
        finally:
            _written.reset(token)

    vars(whole)["is_action"] = True  # read by tests/house
    return whole


def locked(row: M, *, version: int | None = None) -> M:
    """The same row, read afresh, that nobody else can change until this action ends.

    Raises Stale if the row is gone, or if `version` is told and is no longer the row's.
    """
    model = cast("type[M]", row._meta.model)  # type(row) could be a lazy stand-in for it
    fresh = for_change(model._default_manager.filter(pk=row.pk)).first()
    if fresh is None:
        raise Stale(
            "Somebody else took this away while you were reading it, so nothing was done with it."
        )
    if version is not None and version != cast("Versioned", fresh).version:
        raise Stale(
            "Somebody else changed this while you were reading it. "
            "What they wrote is shown now; look again and send yours if it still fits."
        )
    return fresh


def for_change(rows: "models.QuerySet[M]") -> "models.QuerySet[M]":
    """The same rows, of this table alone, that nobody else can change until this action ends.

    Several are locked in the order they come in, so they have one; and what is `record`ed comes
    after all locks: who has them and waits to record would wait for us, and we for them.
    """
    # Not their keys: others may point to the rows meanwhile. PostgreSQL looks whether what is
    # pointed to is there only when all is recorded, and whoever has that row locked waits to record.
    return rows.select_for_update(of=("self",), no_key=True)


def record(
    did: str,
    *,
    by: Actor,
    to: models.Model,
    owner: tuple[Owner, int | None],
    audience: Audience = Audience.CLUSTER,
    **detail: object,
) -> Event:
    """Write down that somebody did something to something.

    `owner` is whose history it stands in: (Owner.CLUSTER, its key). `detail` holds keys, numbers
    and days only; words stay in the row they were written to, so that they can be erased.
    """
    written = _written.get()
    assert written is not None, f"{did} is recorded outside an action"
    head, _ = RecordHead.objects.select_for_update(no_key=True).get_or_create(pk=1)
    event = Event(
        at=clock.now(),
        by_person=by.person,
        by_seat=by.seat,
        for_organisation=by.for_organisation,
        via=by.via.value,
        owner_kind=owner[0].value,
        owner_key=owner[1],
        audience=audience.value,
        did=did,
        thing=f"{to._meta.label_lower}:{to.pk}",
        detail={key: plain(did, value) for key, value in detail.items()},
        number=head.number + 1,
        previous=head.digest,
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    head.number, head.digest = event.number, event.digest
    head.save()
    written.append(did)
    return event


def nothing_to_do() -> None:
    """Say that the thing asked for was so already: nothing changed, so nothing is recorded."""
    written = _written.get()
    assert written is not None
    written.append("")


@contextmanager
def sent_once(token: str) -> Iterator[None]:
    """The first action inside is done at most once for this token, whoever sends it again."""
    reset = _once.set(token)
    try:
        yield
    finally:
        _once.reset(reset)


def _take_receipt(by: Actor) -> None:
    token = _once.get()
    if not token:
        return
    receipt, is_first = Receipt.objects.get_or_create(
        token=token, by_person=by.person or 0, defaults={"at": clock.now()}
    )
    if not is_first:
        raise DoneAlready(receipt)
    _once.set("")


def digest_of(event: Event) -> str:
    """SHA-256 over the event and the digest before it, so that a change or a gap shows."""
    told = [
        event.number,
        event.at.isoformat(),
        event.by_person,
        event.by_seat,
        event.for_organisation,
        event.via,
        event.owner_kind,
        event.owner_key,
        event.audience,
        event.did,
        event.thing,
        event.detail,
        event.previous,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plain(did: str, value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str) and _KEY.fullmatch(value):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(did, item) for item in value]
    raise AssertionError(f"{did}: {value!r} is neither a key nor a number")
