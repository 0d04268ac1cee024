"""Two members look into an idea: naming them, writing what they find, and handing it in."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q

from hedgerow.agreements.actions import keep, promise
from hedgerow.agreements.actions.speakers import said, seat_in
from hedgerow.agreements.queries.promises import answers_for, has_facilitator
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.focus.models import Idea, Study
from hedgerow.look.words import day
from hedgerow.people.access import MEMBERS
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Role, Seat, User
from hedgerow.people.readers import reader_of, seat_words

MOST_WORDS = 4000  # characters under one heading


@action
def name_pair(*, by: Actor, idea: Idea, first: Seat, second: Seat, due_on: date) -> Study:
    """Ask two people of different members to look into an idea by a day. It is their promise."""
    cluster = going_on(locked(idea.cluster))
    refuse_published(by, cluster)
    seat_in(by, cluster)
    idea = locked(idea)
    if not idea.is_live:
        raise Refused(f"“{idea}” is no longer on the long list. Choose an idea that is.")
    _refuse_second_pair(idea)
    for seat in (first, second):
        if Role(seat.role) not in MEMBERS:
            raise Refused(
                f"{seat_words(seat)} cannot write the report: a pair is two people of two members. "
                "Choose somebody of a member; whoever supports you can help them."
            )
    made = promise(
        by=by,
        cluster=cluster,
        words=f"Look into “{idea}” and report",
        first=first,
        second=second,
        alone_because="",
        due_on=due_on,
    )
    study = Study.objects.create(idea=idea, promise=made)
    record(
        "focus.pair_named",
        by=by,
        to=study,
        owner=(Owner.CLUSTER, cluster.pk),
        idea=idea.pk,
        first=first.pk,
        second=second.pk,
        due=due_on,
    )
    return study


@action
def keep_study(*, by: Actor, study: Study, headings: Mapping[str, str], version: int) -> Study:
    """Keep what the pair has written so far, for the two organisations alone. `headings`: those of
    Study.HEADINGS; one that is not told stays as it is."""
    study, seat = _open_one(by, study, version)
    words = {name: said(headings[name], most=MOST_WORDS) for name in headings}
    if unknown := set(words) - set(Study.HEADINGS):
        raise ValueError(f"a report has no heading {unknown}")
    if all(getattr(study, name) == value for name, value in words.items()):
        nothing_to_do()
        return study
    for name, value in words.items():
        setattr(study, name, value)
    study.changed_at = clock.now()
    study.version += 1
    study.save()
    # That they are writing is theirs too, until they hand it in.
    record(
        "focus.study_kept",
        by=by,
        to=study,
        owner=(Owner.ORGANISATION, seat.organisation_id),
        audience=Audience.ONLY_US,
        cluster=study.idea.cluster_id,
        idea=study.idea_id,
    )
    return study


@action
def hand_in(*, by: Actor, study: Study, version: int) -> Study:
    """Let everybody round the table read it, for good. Their promise is kept with it, where whoever
    hands it in answers for that."""
    study, seat = _open_one(by, study, version)
    if not study.problem:
        raise Refused("Say first what the problem is; the other headings can stay empty.")
    study.handed_in_at, study.handed_in_by = clock.now(), seat
    study.version += 1
    study.save()
    if study.promise.is_open and _answers_for(by, study):
        keep(by=by, promise=study.promise)
    record(
        "focus.study_handed_in",
        by=by,
        to=study,
        owner=(Owner.CLUSTER, study.idea.cluster_id),
        idea=study.idea_id,
    )
    return study


def _refuse_second_pair(idea: Idea) -> None:
    """The cluster is locked: of two pairs at once, the second is refused."""
    standing = Q(promise__let_go_at=None) | Q(handed_in_at__isnull=False)
    studies = idea.studies.filter(standing).select_related(
        "promise__first__organisation", "promise__second__organisation"
    )
    study = studies.order_by(F("handed_in_at").asc(nulls_last=True), "pk").first()
    if study is None:
        return
    if study.is_handed_in:
        raise Refused(
            f"The report on “{idea}” was handed in on {day(study.handed_in_at)}. Read it first; if "
            "there is more to find out, write that down as a promise of its own."
        )
    raise Refused(
        f"{_who(study)} look into “{idea}” already, by {day(study.promise.due_on)}. If they cannot, "
        "let their promise go first, with the reason; then name another pair."
    )


def _who(study: Study) -> str:
    held = study.promise
    names = [str(seat.organisation) for seat in (held.first, held.second) if seat]
    return " and ".join(names) if len(names) > 1 else f"People of {names[0]}"


def _open_one(by: Actor, study: Study, version: int) -> tuple[Study, Seat]:
    """The report and its promise, locked, while the pair can write; and the seat of one of theirs.

    Raises Refused for anybody else, and where it was handed in or let go.
    """
    going_on(study.idea.cluster)
    seat = seat_in(by, study.idea.cluster)
    study = locked(study)
    held = locked(study.promise)
    theirs = {held.first.organisation_id, held.second.organisation_id if held.second else None}
    if Role(seat.role) not in MEMBERS or seat.organisation_id not in theirs:
        raise Refused(
            "Only the two members who look into it can write this report. Tell them what you know."
        )
    if study.handed_in_at:
        raise Refused(
            f"This report was handed in on {day(study.handed_in_at)} and stays as it was. "
            "What you found since can be said at the meeting, or among the contacts."
        )
    if held.let_go_at:
        raise Refused(
            f"The promise to look into this was let go on {day(held.let_go_at)}. Take it up again "
            "first, if you want to go on."
        )
    return locked(study, version=version), seat


def _answers_for(by: Actor, study: Study) -> bool:
    reader = reader_of(User.objects.get(pk=by.person), second_factor=True)
    is_led = has_facilitator(study.idea.cluster)
    return any(
        answers_for(study.promise, seat, is_led=is_led)
        for seat in reader.seats
        if seat.key == by.seat
    )
