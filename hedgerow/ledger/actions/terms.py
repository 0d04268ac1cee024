"""Setting the terms of a programme: each time a whole new version, beside those before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.ledger.models import Criterion, ReturnHeading, Terms
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Programme
from hedgerow.units import Pence

from .acting import manager_in, words_of

MOST_POINTS = 20
MOST_CRITERIA, MOST_HEADINGS = 20, 20
MOST_ANSWER = 5000  # characters under one heading of a return
TITLE, SENTENCE = 120, 200  # characters


@dataclass(frozen=True, kw_only=True)
class CriterionSaid:
    title: str
    words: str
    most: int = 5  # points


@dataclass(frozen=True, kw_only=True)
class HeadingSaid:
    sentence: str
    most: int = 1000  # characters


@action
def set_terms(
    *,
    by: Actor,
    programme: Programme,
    amount: Pence,
    conditions: str,
    timetable: str,
    other_support: str,
    day_rate: Pence | None,
    criteria: Sequence[CriterionSaid],
    headings: Sequence[HeadingSaid],
    number: int,
) -> Terms:
    """All of them at once. `number` is that of the terms that were read, 0 where there were none.
    What was handed in or assessed under older ones keeps those."""
    programme = locked(programme)
    refuse_published(by, programme)
    seat = manager_in(by, programme)
    before = Terms.objects.filter(programme=programme).order_by("-number").first()
    if (before.number if before else 0) != number:
        raise Stale(
            "Somebody else set the terms while you were writing. What they set is shown now; look "
            "again and send yours if it still fits."
        )
    said = {
        "amount": _amount(amount),
        "conditions": words_of(conditions),
        "timetable": words_of(timetable),
        "other_support": words_of(other_support),
        "day_rate": _day_rate(day_rate),
    }
    criteria, headings = [_criterion(one) for one in criteria], [_heading(one) for one in headings]
    _check_lists(criteria, headings)
    if before and _stands(before, said, criteria, headings):
        nothing_to_do()
        return before
    terms = Terms.objects.create(
        programme=programme, number=number + 1, made_by=seat, made_at=clock.now(), **said
    )
    Criterion.objects.bulk_create(
        Criterion(terms=terms, position=at, title=one.title, words=one.words, most=one.most)
        for at, one in enumerate(criteria, start=1)
    )
    ReturnHeading.objects.bulk_create(
        ReturnHeading(terms=terms, position=at, sentence=one.sentence, most=one.most)
        for at, one in enumerate(headings, start=1)
    )
    record(
        "ledger.terms_set",
        by=by,
        to=terms,
        owner=(Owner.PROGRAMME, programme.pk),
        audience=Audience.CLUSTER,
        number=terms.number,
        amount=amount,
        criteria=len(criteria),
        headings=len(headings),
    )
    return terms


def _amount(amount: Pence) -> Pence:
    if amount <= 0:
        raise Refused("Say how much each cluster can be awarded: an amount above nothing.")
    return amount


def _day_rate(rate: Pence | None) -> Pence | None:
    if rate is not None and rate < 0:
        raise Refused("A day of help cannot cost less than nothing.")
    return rate


def _criterion(one: CriterionSaid) -> CriterionSaid:
    if not 1 <= one.most <= MOST_POINTS:
        raise Refused(f"“{one.title}” has {one.most} points. Give it from 1 to {MOST_POINTS}.")
    return CriterionSaid(
        title=words_of(one.title, most=TITLE, else_say="Give each thing to look at a title."),
        words=words_of(
            one.words, else_say=f"Say under “{one.title.strip()}” what assessors look for."
        ),
        most=one.most,
    )


def _heading(one: HeadingSaid) -> HeadingSaid:
    if not 1 <= one.most <= MOST_ANSWER:
        raise Refused(
            f"An answer of {one.most:,} characters does not work. Choose from 1 to {MOST_ANSWER:,}."
        )
    sentence = words_of(one.sentence, most=SENTENCE, else_say="Write each heading as a question.")
    return HeadingSaid(sentence=sentence, most=one.most)


def _check_lists(criteria: Sequence[CriterionSaid], headings: Sequence[HeadingSaid]) -> None:
    if len(criteria) > MOST_CRITERIA or len(headings) > MOST_HEADINGS:
        raise Refused(
            f"More than {MOST_CRITERIA} of a kind are too many to answer to. Leave out some."
        )
    for what, names in (
        ("things to look at", [one.title.casefold() for one in criteria]),
        ("questions", [one.sentence.casefold() for one in headings]),
    ):
        if len(set(names)) < len(names):
            raise Refused(f"Two of the {what} are the same. Change one of them or leave it out.")


def _stands(
    before: Terms,
    said: dict[str, object],
    criteria: Sequence[CriterionSaid],
    headings: Sequence[HeadingSaid],
) -> bool:
    return (
        all(getattr(before, name) == value for name, value in said.items())
        and [(one.title, one.words, one.most) for one in before.criteria.all()]
        == [(one.title, one.words, one.most) for one in criteria]
        and [(one.sentence, one.most) for one in before.return_headings.all()]
        == [(one.sentence, one.most) for one in headings]
    )
