"""Offers of funding and support: posted, changed, looked at again, ended."""

from datetime import date
from urllib.parse import urlsplit

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.grants.models import Opportunity, OpportunityKind
from hedgerow.look.words import day
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Programme, Seat
from hedgerow.people.readers import live
from hedgerow.units import Pence

MOST_WORDS = 1_000  # characters
_LONGEST = {"title": 160, "offered_by": 160, "for_whom": 200, "link": 300}


@action
def post_opportunity(
    *,
    by: Actor,
    programme: Programme,
    title: str,
    offered_by: str,
    kind: OpportunityKind,
    words: str,
    for_whom: str,
    least: Pence | None,
    most: Pence | None,
    link: str,
    closes_on: date | None,
    is_public: bool,
) -> Opportunity:
    """Whoever posts it has looked today whether it is right."""
    programme = locked(programme)
    refuse_published(by, programme)
    told = _said(title, offered_by, kind, words, for_whom, least, most, link)
    today = clock.today()
    _not_over(closes_on, today)
    row = Opportunity.objects.create(
        programme=programme,
        closes_on=closes_on,
        is_public=is_public,
        checked_on=today,
        by=_seat(by, programme),
        at=clock.now(),
        **told,
    )
    _record("grants.opportunity_posted", by, row)
    return row


@action
def change_opportunity(
    *,
    by: Actor,
    opportunity: Opportunity,
    title: str,
    offered_by: str,
    kind: OpportunityKind,
    words: str,
    for_whom: str,
    least: Pence | None,
    most: Pence | None,
    link: str,
    closes_on: date | None,
    is_public: bool,
    version: int,
) -> Opportunity:
    """The whole of it at once. Sent as it was, it says that somebody looked and it is still right."""
    row = _open(by, opportunity, version)
    told = _said(title, offered_by, kind, words, for_whom, least, most, link)
    told |= {"closes_on": closes_on, "is_public": is_public}
    is_same = all(getattr(row, key) == value for key, value in told.items())
    if closes_on != row.closes_on:
        _not_over(closes_on, clock.today())
    for key, value in told.items():
        setattr(row, key, value)
    row.checked_on, row.version = clock.today(), row.version + 1
    row.save()
    if is_same:
        _record("grants.opportunity_checked", by, row)
    else:
        _record("grants.opportunity_changed", by, row)
    return row


@action
def end_opportunity(
    *, by: Actor, opportunity: Opportunity, because: str, version: int
) -> Opportunity:
    """It stays to be read, apart, with why."""
    row = _open(by, opportunity, version)
    because = because.strip()
    refuse_unseen(because)
    if not because:
        raise Refused("Say in a line why it ended, for whoever had an eye on it.")
    if len(because) > 190:
        raise Refused("Say why it ended in 190 characters or fewer.")
    row.ended_because = because if because.endswith((".", "?")) else f"{because}."
    row.ended_at, row.version = clock.now(), row.version + 1
    row.save()
    _record("grants.opportunity_ended", by, row)
    return row


def _open(by: Actor, opportunity: Opportunity, version: int) -> Opportunity:
    row = locked(opportunity, version=version)
    refuse_published(by, row.programme)
    if row.ended_at:
        raise Refused(f"This offer ended on {day(row.ended_at)}. Post it again if it is back.")
    return row


def _said(
    title: str,
    offered_by: str,
    kind: OpportunityKind,
    words: str,
    for_whom: str,
    least: Pence | None,
    most: Pence | None,
    link: str,
) -> dict[str, object]:
    lines = {"title": title, "offered_by": offered_by, "for_whom": for_whom, "link": link}
    lines = {key: value.strip() for key, value in lines.items()}
    refuse_unseen(*lines.values())
    for key, most_letters in _LONGEST.items():
        if len(lines[key]) > most_letters:
            raise Refused(f"One line here is longer than {most_letters} characters. Shorten it.")
    words = words.strip()
    if not lines["title"] or not lines["offered_by"] or not words:
        raise Refused("Say what is offered, by whom, and what it is in two or three sentences.")
    if len(words) > MOST_WORDS:
        raise Refused(f"The words are {len(words):,} characters long; {MOST_WORDS:,} are the most.")
    if any(amount is not None and amount < 0 for amount in (least, most)):
        raise Refused("An amount that is offered is not below nothing.")
    if least is not None and most is not None and least > most:
        raise Refused("The least that is offered is more than the most. Check the two amounts.")
    _check_link(lines["link"])
    return {
        **lines,
        "kind": OpportunityKind(kind).value,
        "words": words,
        "least": least,
        "most": most,
    }


def _check_link(link: str) -> None:
    if not link:
        return
    try:
        found = urlsplit(link)
    except ValueError:
        found = urlsplit("")
    if found.scheme not in ("http", "https") or not found.hostname or " " in link:
        raise Refused(
            f"“{link[:60]}” is not the address of a web page. It begins with https:// or http://."
        )


def _not_over(closes_on: date | None, today: date) -> None:
    if closes_on is not None and closes_on < today:
        raise Refused(f"{day(closes_on)} is over. An offer is posted while there is time.")


def _seat(by: Actor, programme: Programme) -> Seat:
    seat = Seat.objects.filter(
        live(clock.now()), pk=by.seat, user=by.person, programme=programme
    ).first()
    if seat is None:
        raise Refused(f"You have no seat in {programme} any more, so this was not done.")
    return seat


def _record(did: str, by: Actor, row: Opportunity) -> None:
    record(did, by=by, to=row, owner=(Owner.PROGRAMME, row.programme_id))
