"""What a plan that is carried out asks of whoever leads, by its days: how an objective came out, and
whether what a part of the award waits for is reached."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.urls import reverse

from hedgerow.agreements.prompts.promises import ASK_BEFORE
from hedgerow.agreements.queries.places import led_by
from hedgerow.core import clock
from hedgerow.core.rooms import Prompt
from hedgerow.people.readers import Reader
from hedgerow.workplans.queries.waiting import AtWork
from hedgerow.workplans.queries.waiting_days import Dated, WaitingPart, to_judge_in, waiting_parts

TO_JUDGE, TO_TELL = 3, 3  # minutes
ASK_AFTER = timedelta(days=14)  # a step was done, a part’s day came, or “not yet” was said


def of_carrying(reader: Reader, here: Sequence[AtWork], today: date) -> Iterator[Prompt]:
    led = led_by(reader, {one.cluster.pk for one in here})
    mine = [one for one in here if one.cluster.pk in led]
    for one in mine:
        if one.is_agreed or one.is_carrying_out:
            for dated in to_judge_in(reader).get(one.cluster.pk, ()):
                if dated.on <= today + ASK_BEFORE:
                    yield _to_judge(one, dated)
        if one.waits_for_part:
            for part in waiting_parts(reader)[one.cluster.pk]:
                if _may_be_reached(one, part, today):
                    yield _is_reached(one, part, today)


def _may_be_reached(one: AtWork, part: WaitingPart, today: date) -> bool:
    """Nothing is left to do, its day is near, a step was done or the programme said “not yet” lately;
    else nobody is asked."""
    due_on, moved = part.due_on, (one.last_done_at, part.doubted_at)
    is_near = due_on is not None and due_on - ASK_BEFORE <= today < due_on + ASK_AFTER
    is_fresh = any(at and today < clock.day_of(at) + ASK_AFTER for at in moved)
    return one.is_done or is_near or is_fresh


def _to_judge(one: AtWork, dated: Dated) -> Prompt:
    return Prompt(
        key=f"workplans.judge:{dated.key}",
        sentence=f"“{dated.title}”: did it come true?",
        why="It is one of our objectives, and the plan set this day to judge it. Not met, with why, "
        "is worth as much.",
        minutes=TO_JUDGE,
        url=reverse("workplans:judge", args=[dated.key]),
        button="Say how it came out",
        place=one.cluster.name,
        due_on=dated.on,
    )


def _is_reached(one: AtWork, part: WaitingPart, today: date) -> Prompt:
    """Once its day is over it is nothing that the cluster is late with."""
    return Prompt(
        key=f"workplans.reached:{part.key}",
        sentence=f"“{part.words}”: is it reached?",
        why="The programme said that it is not reached yet, and why. Once it is, say so again."
        if part.doubted_at
        else "Money of our award waits for it. If it is, say so; if not yet, leave it.",
        minutes=TO_TELL,
        url=reverse("ledger:tell_instalment", args=[part.key]),
        button="Say that it is reached",
        place=one.cluster.name,
        due_on=part.due_on if part.due_on and part.due_on >= today else None,
    )
