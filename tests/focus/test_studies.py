"""Two members look into an idea: a draft of theirs, then a report for everybody."""

import pytest
from django.db import IntegrityError, transaction

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.models import Promise
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.focus import rules
from hedgerow.focus.actions import studies as actions
from hedgerow.focus.models import Study
from hedgerow.focus.queries import studies as queries
from hedgerow.focus.queries.finding_facts import facts_in
from hedgerow.look.words import day
from hedgerow.people.access import visible, visible_events
from hedgerow.people.models import Organisation, Role, Seat
from tests.factories import MemberFactory, SeatFactory, actor, reader

from .found import handed_in, in_days, pair_on, withdrawn, wrote
from .scenes_ideas import idea_of
from .scenes_shortlisting import shortlist_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(s):
    return idea_of(s.own)


def sees(seat, study) -> bool:
    return any(
        visible(reader(seat), rule).filter(pk=study.pk).exists()
        for rule in (rules.SEE_STUDIES, rules.SEE_DRAFTS)
    )


def end(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(ended_at=clock.now())


# naming


def test_a_pair_is_a_promise_of_two_members_with_its_day(s, idea):
    study = pair_on(s.own, idea)

    promise = Promise.objects.get()
    assert study.promise == promise
    assert promise.words == "Look into “Shared training” and report"
    assert (promise.first, promise.second) == (s.own.core, s.own.second)
    assert promise.due_on == in_days(21)
    told = Event.objects.get(did="focus.pair_named").detail
    assert told == {
        "idea": idea.pk,
        "first": s.own.core.pk,
        "second": s.own.second.pk,
        "due": in_days(21).isoformat(),
    }


def test_two_of_one_member_are_no_pair(s, idea):
    with pytest.raises(Refused, match="A pair is from two different members"):
        pair_on(s.own, idea, second=s.own.seats[Role.STAFF])
    assert not Study.objects.exists()


def test_who_supports_us_helps_and_is_not_one_of_the_pair(s, idea):
    with pytest.raises(Refused, match="cannot write the report"):
        pair_on(s.own, idea, second=s.own.seats[Role.SUPPORTER])


def test_somebody_of_another_cluster_cannot_be_one_of_the_pair(s, idea):
    with pytest.raises(Refused, match="cannot hold a promise here"):
        pair_on(s.own, idea, second=s.neighbour.core)


def test_an_idea_has_one_pair_at_a_time(s, idea):
    pair_on(s.own, idea)

    with pytest.raises(Refused, match=f"already, by {day(in_days(21))}. If they cannot"):
        pair_on(s.own, idea, first=s.own.second, second=s.own.third)

    assert Promise.objects.count() == 1


def test_an_idea_with_its_report_needs_no_other_pair(s, idea):
    handed_in(s.own.core, pair_on(s.own, idea))

    with pytest.raises(Refused, match="was handed in on"):
        pair_on(s.own, idea)


def test_once_a_promise_is_let_go_another_pair_takes_the_idea_on_and_the_old_draft_stays(s, idea):
    old = wrote(s.own.core, pair_on(s.own, idea))
    agreements.let_go(by=actor(s.own.core), promise=old.promise, reason="No time.")

    new = pair_on(s.own, idea, first=s.own.second, second=s.own.third)

    assert list(idea.studies.all()) == [old, new]
    assert Study.objects.get(pk=old.pk).problem == "Nobody has time to train."
    lines = queries.studies_of(reader(s.own.core), [idea.pk])[idea.pk]
    assert [line.stands for line in lines] == [True, False]


def test_a_report_that_was_handed_in_stands_whatever_becomes_of_its_promise(s, idea):
    study = handed_in(s.own.core, pair_on(s.own, idea))
    own = actor(s.own.core)
    agreements.take_up_again(by=own, promise=study.promise, reason="There is more to find out.")
    agreements.let_go(by=own, promise=study.promise, reason="No time.")

    with pytest.raises(Refused, match="was handed in on"):
        pair_on(s.own, idea, first=s.own.second, second=s.own.third)
    (line,) = queries.studies_of(reader(s.own.core), [idea.pk])[idea.pk]
    assert line.stands


def test_of_two_pairs_the_first_of_which_took_it_up_again_the_report_counts(s, idea):
    old = wrote(s.own.core, pair_on(s.own, idea))
    own = actor(s.own.core)
    agreements.let_go(by=own, promise=old.promise, reason="No time.")
    new = pair_on(s.own, idea, first=s.own.second, second=s.own.third)
    agreements.take_up_again(by=own, promise=old.promise, reason="We have time after all.")
    shortlist_of(s.own, [idea])
    assert facts_in([s.cluster.pk])[s.cluster.pk].study_of(idea) == new

    old.refresh_from_db()
    actions.hand_in(by=own, study=old, version=old.version)

    assert facts_in([s.cluster.pk])[s.cluster.pk].study_of(idea) == old
    assert sees(s.own.third, new)  # a draft of its pair still


def test_an_idea_that_is_off_the_list_is_not_looked_into(s, idea):
    withdrawn(idea)

    with pytest.raises(Refused, match="no longer on the long list"):
        pair_on(s.own, idea)


# writing


def test_a_draft_is_for_its_two_organisations_alone(s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea))

    theirs = {s.own.core, s.own.second, s.own.seats[Role.STAFF], s.own.seats[Role.DEPUTY]}
    everybody = [*s.seats.values(), s.own.second, s.own.third, s.neighbour.core, s.elsewhere.core]
    assert {seat for seat in everybody if sees(seat, study)} == theirs


def test_once_handed_in_everybody_round_the_table_reads_it(s, idea):
    study = handed_in(s.own.core, pair_on(s.own, idea))

    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    assert {role for role, seat in s.seats.items() if sees(seat, study)} == inside
    assert sees(s.own.third, study)
    assert not sees(s.neighbour.core, study)


def test_that_they_are_writing_is_told_to_nobody_else(s, idea):
    wrote(s.own.core, pair_on(s.own, idea))

    def told(seat):
        return visible_events(reader(seat)).filter(did="focus.study_kept").exists()

    assert told(s.own.core)
    for seat in (s.own.third, s.own.facilitator, s.staff[Role.MANAGER]):
        assert not told(seat)


@pytest.mark.parametrize("who", ["third", "facilitator", "supporter"])
def test_nobody_else_writes_in_it(s, idea, who):
    study = pair_on(s.own, idea)
    seats = {
        "third": s.own.third,
        "facilitator": s.own.facilitator,
        "supporter": s.own.seats[Role.SUPPORTER],
    }

    with pytest.raises(Refused, match="Only the two members who look into it"):
        wrote(seats[who], study)


def test_of_two_who_write_at_once_the_second_is_told_and_nothing_is_lost(s, idea):
    study = pair_on(s.own, idea)
    read = study.version
    wrote(s.own.core, study, problem="Nobody has time.")

    with pytest.raises(Stale):
        actions.keep_study(
            by=actor(s.own.second), study=study, headings={"problem": "No room."}, version=read
        )

    assert Study.objects.get().problem == "Nobody has time."


def test_keeping_what_stands_there_already_changes_nothing(s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea))
    wrote(s.own.core, study)

    assert Event.objects.filter(did="focus.study_kept").count() == 1
    assert Study.objects.get().version == study.version


def test_what_is_not_told_stays_and_an_unknown_heading_is_a_mistake_of_ours(s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea), problem="No time.", time="A year.")
    study = wrote(s.own.core, study, time="Two years.")
    assert (study.problem, study.time) == ("No time.", "Two years.")

    with pytest.raises(ValueError, match="has no heading"):
        wrote(s.own.core, study, promise="Another")


def test_a_report_is_not_written_while_its_promise_is_let_go(s, idea):
    study = pair_on(s.own, idea)
    agreements.let_go(by=actor(s.own.core), promise=study.promise, reason="No time.")
    with pytest.raises(Refused, match="Take it up again"):
        wrote(s.own.core, study)

    agreements.take_up_again(by=actor(s.own.core), promise=study.promise, reason="We have.")

    assert wrote(s.own.core, study).problem


def test_the_draft_follows_whoever_takes_the_promise_over(s, idea):
    study = wrote(s.own.second, pair_on(s.own, idea))
    end(s.own.second)
    agreements.take_over(
        by=actor(s.own.core),
        promise=study.promise,
        first=s.own.core,
        second=s.own.third,
        alone_because="",
    )

    assert sees(s.own.third, study)
    assert wrote(s.own.third, study, time="A year.").time == "A year."
    colleague = SeatFactory(cluster=s.cluster, organisation=s.own.second.organisation)
    assert not sees(colleague, study)


# handing in


def test_handing_in_keeps_the_promise(s, idea):
    study = handed_in(s.own.core, pair_on(s.own, idea))

    assert study.handed_in_by == s.own.core
    assert Promise.objects.get().kept_at
    assert Event.objects.get(did="focus.study_handed_in").detail == {"idea": idea.pk}


def test_a_colleague_who_does_not_answer_for_the_promise_hands_in_and_leaves_it_open(s, idea):
    study = handed_in(s.own.seats[Role.STAFF], pair_on(s.own, idea))

    assert study.is_handed_in
    assert Promise.objects.get().is_open


def test_a_promise_that_was_kept_before_is_no_hindrance(s, idea):
    study = pair_on(s.own, idea)
    agreements.keep(by=actor(s.own.core), promise=study.promise)

    assert handed_in(s.own.core, study).is_handed_in


def test_without_the_problem_there_is_nothing_to_hand_in(s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea), time="A year.")

    with pytest.raises(Refused, match="Say first what the problem is"):
        actions.hand_in(by=actor(s.own.core), study=study, version=study.version)


def test_what_is_handed_in_stays_as_it_was(s, idea):
    study = handed_in(s.own.core, pair_on(s.own, idea))

    for again in (wrote, handed_in):
        with pytest.raises(Refused, match="was handed in on"):
            again(s.own.second, study)


def test_handing_in_what_one_has_not_read_is_refused(s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea))
    wrote(s.own.second, study, problem="Another problem altogether.")

    with pytest.raises(Stale):
        actions.hand_in(by=actor(s.own.core), study=study, version=study.version)


def test_in_a_cluster_that_ended_nothing_is_named_written_or_handed_in(s, idea):
    study = wrote(s.own.core, pair_on(s.own, idea))
    s.cluster.ended_at = clock.now()
    s.cluster.save()
    study = Study.objects.get()

    with pytest.raises(Refused):
        pair_on(s.own, idea_of(s.own, "A bus"))
    with pytest.raises(Refused):
        wrote(s.own.core, study, time="A year.")


# reading


def test_how_many_ideas_and_pairs_there_are_changes_no_count(s, django_assert_max_num_queries):
    ideas = []
    for n in range(4):
        idea = idea_of(s.own, f"Idea {n}")
        pair_on(s.own, idea)
        ideas.append(idea.pk)
    who = reader(s.own.core)

    with django_assert_max_num_queries(4):
        found = queries.studies_of(who, ideas)

    assert {line.url for lines in found.values() for line in lines} == {
        f"/focus/studies/{study.pk}/write/" for study in Study.objects.all()
    }


def test_others_are_told_who_looks_into_it_and_by_when_and_not_where(s, idea):
    wrote(s.own.core, pair_on(s.own, idea))

    (line,) = queries.studies_of(reader(s.own.third), [idea.pk])[idea.pk]

    assert (line.url, line.is_own) == ("", False)
    assert line.state == "Due in 21 days"


def test_only_seats_of_members_can_be_named(s):
    MemberFactory(cluster=s.cluster)
    roles = set(queries.can_pair(s.cluster).values_list("role", flat=True))

    assert roles == {Role.CORE, Role.DEPUTY, Role.STAFF}
    assert Organisation.objects.count() > 3


def test_a_row_cannot_be_handed_in_without_a_problem(s, idea):
    study = pair_on(s.own, idea)
    with pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(handed_in_at=clock.now(), handed_in_by=s.own.core)
