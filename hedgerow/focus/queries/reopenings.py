"""Requests that what was struck out or dropped comes back, as their pages show them."""

from collections.abc import Sequence

from django.urls import reverse

from hedgerow.agreements.queries.decision_voices import how_said
from hedgerow.core import clock
from hedgerow.focus.models import Answer, Reopening
from hedgerow.look.words import day, first_up, listed, out_of
from hedgerow.people.readers import Reader, seat_words

from .shortlisting_lines import AnswerLine, ReopeningLine
from .shortlisting_rows import Own, Rows, own_in, rows_of


def reopening_page(reader: Reader, reopening: Reopening) -> ReopeningLine:
    """Twelve queries at most."""
    shortlisting = reopening.candidate.shortlisting
    rows = rows_of(shortlisting)
    own = own_in(reader, shortlisting.cluster_id, rows.members)
    return reopening_line(rows, reopening_in(rows, reopening), own)


def reopening_in(rows: Rows, reopening: Reopening) -> Reopening:
    """The same one, with what its line reads."""
    return next(one for one in rows.reopenings if one.pk == reopening.pk)


def reopening_line(rows: Rows, one: Reopening, own: Sequence[Own]) -> ReopeningLine:
    mine = {organisation.key for organisation in own}
    answers = [answer for answer in rows.answers if answer.reopening_id == one.pk]
    if one.is_open:
        answers = [answer for answer in answers if answer.organisation_id in rows.members]
    answered = {answer.organisation_id for answer in answers}
    waits_for = tuple(
        (key, name) for key, name in rows.members.items() if one.is_open and key not in answered
    )
    return ReopeningLine(
        key=one.pk,
        version=one.version,
        url=reverse("focus:reopening", args=[one.pk]),
        candidate=one.candidate_id,
        title=rows.titles[str(one.candidate_id)],
        reason=one.reason,
        asked_by=seat_words(one.asked_by),
        asked_on=clock.day_of(one.asked_at),
        is_open=one.is_open,
        state=_state(one),
        answers=tuple(_answer(answer, mine) for answer in answers),
        waits_for=waits_for,
        has_all_agreed=one.is_open and not waits_for and bool(answers),
        sentence=_sentence(one, answers, waits_for),
    )


def _answer(answer: Answer, mine: set[int]) -> AnswerLine:
    return AnswerLine(
        key=answer.pk,
        organisation=answer.organisation.name,
        organisation_key=answer.organisation_id,
        agrees=answer.agrees,
        reason=answer.reason,
        how=how_said(answer),
        waits=answer.recorded_by_id is not None and answer.confirmed_at is None,
        is_own=answer.organisation_id in mine,
    )


def _state(one: Reopening):
    if one.granted_at:
        return "granted"
    if one.is_taken_back:
        return "taken_back"
    return "declined" if one.declined_at else "open"


def _sentence(
    one: Reopening, answers: Sequence[Answer], waits_for: Sequence[tuple[int, str]]
) -> str:
    match _state(one):
        case "granted":
            return f"Every member agreed, so it came back on {day(one.granted_at)}."
        case "taken_back":
            return f"The request was taken back on {day(one.declined_at)}."
        case "declined":
            against = listed(answer.organisation for answer in answers if not answer.agrees)
            who = f"{against} did not agree" if against else "Not every member agreed"
            return f"{who}, so it did not come back. That was on {day(one.declined_at)}."
    if not waits_for:
        return (
            "All who are members today have agreed. It comes back once one of them says so again."
        )
    agreed = first_up(out_of(len(answers), len(answers) + len(waits_for)))
    waits = listed(name for _, name in waits_for)
    if not answers:
        return f"It comes back if every member agrees. It waits for {waits}."
    agree = "agrees" if len(answers) == 1 else "agree"
    return f"{agreed} {agree}. It comes back if every member does; it waits for {waits}."
