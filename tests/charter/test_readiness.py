"""How ready an organisation is: its own affair, step by step shared, never added up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.charter import actions
from hedgerow.charter.forms.readiness import PREFIX
from hedgerow.charter.models import Readiness
from hedgerow.charter.questions import ANSWERS, PARTS, questions, read_parts, shipped_text
from hedgerow.charter.rules import SEE_READINESS
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience, Owner
from hedgerow.front.queries import (
    next_list,
    parts_for_person,
    parts_of_cluster,
    parts_of_organisation,
    sections_of,
)
from hedgerow.people import sessions
from hedgerow.people.access import visible
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Member, Organisation, Role
from hedgerow.people.queries import changes_since, history_of
from tests.factories import (
    MemberFactory,
    SeatFactory,
    actor,
    reader,
    scene,
    signed_in,
    through_the_glass,
)
from tests.front.pages import main_of, page, text_of

from . import formed, scenes_rest

pytestmark = pytest.mark.django_db

LIMITS = "We do not share our list of donors."


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def mine(s):
    """Of the first organisation, as it is shared at first."""
    return scenes_rest.readiness(s)


def url(name, thing):
    return reverse(f"charter:{name}", args=[thing.pk])


def share(s, audience):
    mine = Readiness.objects.get(cluster=s.cluster)
    return actions.share_readiness(
        by=actor(s.own.core), readiness=mine, audience=audience, version=mine.version
    )


def member_of(s, seat):
    return Member.objects.get(cluster=s.cluster, organisation=seat.organisation)


# the file of questions


def test_the_file_has_four_parts_with_two_to_four_questions_each():
    parts, faults = read_parts(shipped_text(), name="readiness.yaml")

    assert not faults
    assert tuple(part.slug for part in parts) == PARTS
    assert all(2 <= len(part.questions) <= 4 for part in parts)
    assert len(questions()) == sum(len(part.questions) for part in parts)


def test_it_can_be_answered_in_about_five_minutes():
    assert len(questions()) * 20 <= 5 * 60  # seconds


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("slug: mindset", "slug: size", "in this order"),
        ("slug: second-choice", "slug: would-show", "is the “slug” on line"),
        ("second choice?", "second choice.", "must end with a question mark"),
        ("hint: Count", "score: Count", "“score” is not a name that can stand here."),
        ("- slug: leadership", "- slug: Leadership", "small letters"),
    ],
)
def test_a_fault_in_the_file_is_said_with_its_line(wrong, right, said):
    parts, faults = read_parts(shipped_text().replace(wrong, right, 1), name="readiness.yaml")

    assert parts == ()
    assert any(said in fault.sentence and fault.row > 1 for fault in faults), faults


def test_a_part_with_one_question_or_with_five_is_a_fault():
    text = shipped_text()
    head, _, rest = text.partition("      - slug: can-be-spared")
    one = head + rest[rest.index("\n  - slug: mindset") :]
    more = "\n".join(f"      - slug: more-{n}\n        question: Is there more?" for n in range(3))
    five = head + more + "\n      - slug: can-be-spared" + rest

    assert any("at least 2" in fault.sentence for fault in read_parts(one, name="f")[1])
    assert any("4 questions at most" in fault.sentence for fault in read_parts(five, name="f")[1])


# answering


def test_the_whole_of_it_can_be_read_before_anything_is_begun(client, s):
    shown = page(client, url("begin_readiness", member_of(s, s.own.core)), s.own.core)

    for question in questions().values():
        assert question.question in shown
    assert not Readiness.objects.exists()


def test_one_begins_answers_a_little_and_goes_on_another_day(client, s):
    member = signed_in(client, s.own.core)
    begun = member.post(url("begin_readiness", member_of(s, s.own.core)))
    readiness = Readiness.objects.get()
    assert begun["Location"] == url("answer_readiness", readiness)

    member.post(begun["Location"], {f"{PREFIX}would-show": "partly", "version": "1"})

    readiness.refresh_from_db()
    assert readiness.answers == {"would-show": "partly"}
    assert readiness.finished_at is None
    again = main_of(member.get(begun["Location"]))
    assert again.count("checked") == len(questions())
    assert 'value="partly" id="id_q_would-show_1" checked' in again
    assert f"1 of {len(questions())} questions answered" in page(
        client, url("readiness", readiness)
    )


def test_it_can_be_finished_without_a_single_answer(client, s):
    member = signed_in(client, s.own.core)
    begun = actions.begin_readiness(by=actor(s.own.core), member=member_of(s, s.own.core))

    answer = member.post(url("answer_readiness", begun), {"version": "1", "finish": "yes"})

    assert answer.status_code == 302
    begun.refresh_from_db()
    assert begun.finished_at
    assert begun.answers == {}


def test_beginning_again_comes_to_the_same(s, mine):
    again = actions.begin_readiness(by=actor(s.own.core), member=member_of(s, s.own.core))

    assert again == mine
    assert Event.objects.filter(did="charter.readiness_begun").count() == 1


def test_staff_and_deputy_answer_too_and_cannot_choose_who_sees_it(client, s, mine):
    for role in (Role.STAFF, Role.DEPUTY):
        page(client, url("answer_readiness", mine), s.own.seats[role])
        page(client, url("share_readiness", mine), s.own.seats[role], status=403)


def test_nobody_answers_for_another_organisation(client, s, mine):
    share(s, Audience.CLUSTER)
    page(client, url("answer_readiness", mine), s.own.second, status=403)
    page(client, url("answer_readiness", mine), s.own.facilitator, status=403)
    page(client, url("share_readiness", mine), s.own.facilitator, status=403)
    page(client, url("begin_readiness", member_of(s, s.own.core)), s.own.second, status=403)


def test_who_works_for_the_others_is_not_asked(s):
    tier = MemberFactory(cluster=s.cluster, is_second_tier=True)
    staff = SeatFactory(role=Role.STAFF, cluster=s.cluster, organisation=tier.organisation)

    with pytest.raises(Refused, match="who works for the others is not asked"):
        actions.begin_readiness(by=actor(staff), member=tier)


@pytest.mark.parametrize(
    "answers", [{"would-show": "five out of five"}, {"shoe-size": "yes"}, {"would-show": "4"}]
)
def test_an_answer_that_is_none_of_the_four_is_refused(s, mine, answers):
    with pytest.raises(Refused, match="not asked here any more"):
        actions.answer_readiness(
            by=actor(s.own.core),
            readiness=mine,
            answers=answers,
            limits="",
            is_finished=True,
            version=mine.version,
        )


def test_a_wrong_answer_in_a_form_loses_nothing(client, s, mine):
    sent = {f"{PREFIX}would-show": "5", "limits": "Not our donors.", "version": "2"}

    answer = signed_in(client, s.own.core).post(url("answer_readiness", mine), sent)

    assert answer.status_code == 422
    assert "Not our donors." in text_of(answer)
    mine.refresh_from_db()
    assert mine.limits == LIMITS


def test_two_who_answer_at_once_do_not_overwrite_each_other(client, s, mine):
    sent = {"limits": "Nor our staff list.", "version": str(mine.version - 1)}

    clash = signed_in(client, s.own.core).post(url("answer_readiness", mine), sent)

    assert clash.status_code == 409
    assert "Nor our staff list." in text_of(clash)
    assert LIMITS in text_of(clash)


def test_an_answer_to_a_question_of_long_ago_stays(s, mine):
    Readiness.objects.filter(pk=mine.pk).update(answers={"of-2019": "yes", "would-show": "yes"})
    mine.refresh_from_db()

    kept = actions.answer_readiness(
        by=actor(s.own.core),
        readiness=mine,
        answers={"would-show": "partly"},
        limits="",
        is_finished=False,
        version=mine.version,
    )

    assert kept.answers == {"of-2019": "yes", "would-show": "partly"}


def test_nothing_is_scored_passed_or_failed(client, s, mine):
    shown = text_of(signed_in(client, s.own.core).get(url("readiness", mine)))

    assert not {field.name for field in Readiness._meta.fields} & {"score", "result", "passed"}
    assert "%" not in main_of(client.get(url("readiness", mine)))
    assert "There is no score" in shown


# who sees it


SEES = {
    Audience.ONLY_US: {"own", "deputy", "staff"},
    Audience.FACILITATOR: {"own", "deputy", "staff", "facilitator"},
    Audience.CLUSTER: {"own", "deputy", "staff", "facilitator", "other"},
}


def everybody(s):
    return {
        "own": s.own.core,
        "deputy": s.own.seats[Role.DEPUTY],
        "staff": s.own.seats[Role.STAFF],
        "facilitator": s.own.facilitator,
        "other": s.own.second,
        "supporter": s.own.seats[Role.SUPPORTER],
        "sponsor": s.own.seats[Role.SPONSOR],
        "staff of another": SeatFactory(
            role=Role.STAFF, cluster=s.cluster, organisation=s.own.second.organisation
        ),
        "core next door": s.neighbour.core,
        "facilitator next door": s.neighbour.facilitator,
        "core elsewhere": s.elsewhere.core,
        **{role.value: seat for role, seat in s.staff.items()},
        "operator": s.operator,
    }


@pytest.mark.parametrize("audience", SEES)
def test_each_step_opens_it_to_these_and_to_nobody_else(client, s, mine, audience):
    share(s, audience)

    for name, seat in everybody(s).items():
        is_reader = name in SEES[audience]
        shown = page(client, url("readiness", mine), seat, status=200 if is_reader else 404)
        assert (LIMITS in shown) is is_reader, name


@pytest.mark.parametrize("audience", SEES)
def test_nothing_of_it_shows_anywhere_to_whoever_may_not_read_it(client, s, mine, audience):
    """Lists, the cluster's page, its history and report, copies and what waits."""
    share(s, audience)
    Organisation.objects.filter(pk=mine.organisation_id).update(name="Canary Housing")

    for who, seat in everybody(s).items():
        if who in SEES[audience]:
            continue
        listed = signed_in(client, seat).get(url("readinesses", s.cluster))
        if listed.status_code == 200:
            assert "Canary Housing" not in main_of(listed), who
        found = everything_read_by(client, s, seat)
        assert LIMITS not in found, who
        assert "how ready we are for" not in found, who
        assert "readiness/" + str(mine.pk) not in found, who


def everything_read_by(client, s, seat):
    found = [
        str(changes_since(reader(seat), clock.now() - timedelta(days=1), limit=100)),
        str(history(seat, s.own.organisations[0])),
        str(list(next_list(reader(seat), clock.today()).lines)),
        str(sections_of(reader(seat), s.cluster)),
    ]
    for address in ("cluster", "cluster_history", "cluster_report"):
        found.append(
            signed_in(client, seat).get(reverse(address, args=[s.cluster.pk])).content.decode()
        )
    copies = (
        parts_for_person(reader(seat)),
        parts_of_cluster(reader(seat), s.cluster),
        parts_of_organisation(reader(seat), s.own.organisations[0]),
    )
    for parts in copies:
        found += [str(list(rows.values())) for table, rows in parts if table.model is Readiness]
    return " ".join(found)


def history(seat, organisation):
    lines = history_of(reader(seat), owner=Owner.ORGANISATION, key=organisation.pk, limit=50)
    return [line.sentence for line in lines]


def test_a_copy_of_the_organisations_own_has_it(s, mine):
    parts = parts_of_organisation(reader(s.own.core), mine.organisation)

    assert [row for table, rows in parts for row in rows if table.model is Readiness] == [mine]


def test_its_own_history_tells_of_it_without_its_words(s, mine):
    share(s, Audience.CLUSTER)

    said = history(s.own.core, s.own.organisations[0])

    assert any("finished the look at how ready we are" in line for line in said)
    assert any("chose who sees how ready we are" in line for line in said)
    assert not any("donors" in line for line in said)
    assert not history(s.own.second, s.own.organisations[0])
    assert not history(s.own.facilitator, s.own.organisations[0])


def test_the_record_holds_no_answer(s, mine):
    told = str(list(Event.objects.filter(did__startswith="charter.readiness").values()))

    assert "donors" not in told
    assert "not_yet" not in told
    assert {event.audience for event in Event.objects.filter(did__contains="readiness")} == {
        Audience.ONLY_US
    }


def test_lowering_works_at_once(client, s, mine):
    share(s, Audience.CLUSTER)
    page(client, url("readiness", mine), s.own.second)

    share(s, Audience.ONLY_US)

    page(client, url("readiness", mine), s.own.second, status=404)
    page(client, url("readiness", mine), s.own.facilitator, status=404)


def test_when_the_organisation_leaves_it_is_gone_from_others_sight(client, s, mine):
    share(s, Audience.CLUSTER)
    leave_cluster(by=actor(s.own.core), member=member_of(s, s.own.core))

    for seat in (s.own.second, s.own.facilitator):
        page(client, url("readiness", mine), seat, status=404)
        assert not visible(reader(seat), SEE_READINESS).exists()
        assert "Finished:" not in page(client, url("readinesses", s.cluster), seat)


def test_an_operator_through_the_glass_reads_only_what_the_cluster_may(s, mine):
    glass = reader(through_the_glass(s.cluster))
    assert not visible(glass, SEE_READINESS).exists()

    share(s, Audience.CLUSTER)

    assert visible(glass, SEE_READINESS).exists()


@pytest.mark.parametrize("audience", [Audience.FUNDER, Audience.EVERYONE, "everybody"])
def test_it_goes_no_further_than_the_cluster(client, s, mine, audience):
    answer = signed_in(client, s.own.core).post(
        url("share_readiness", mine), {"audience": audience, "version": mine.version}
    )
    assert answer.status_code == 422

    with pytest.raises((Refused, ValueError)):
        actions.share_readiness(
            by=actor(s.own.core), readiness=mine, audience=audience, version=mine.version
        )


def test_the_steps_stand_with_their_chip_and_one_sentence_each(client, s, mine):
    shown = text_of(signed_in(client, s.own.core).get(url("share_readiness", mine)))

    for words in ("Only us", "Us and our facilitator", "Our cluster"):
        assert words in shown
    assert "who can then help early." in shown
    assert "Our funder" not in main_of(client.get(url("share_readiness", mine)))


def test_a_core_group_member_raises_it_with_a_fresh_code(client, s, mine):
    member = signed_in(client, s.own.core)
    member.post(url("share_readiness", mine), {"audience": "cluster", "version": mine.version})
    mine.refresh_from_db()
    assert mine.audience == Audience.CLUSTER

    session = member.session
    session[sessions.FRESH] = 0
    session.save()
    stale = member.post(
        url("share_readiness", mine), {"audience": "only_us", "version": mine.version}
    )

    assert stale["Location"].startswith(reverse("people:again"))
    mine.refresh_from_db()
    assert mine.audience == Audience.CLUSTER


def test_two_who_choose_at_once_do_not_overwrite_each_other(s, mine):
    share(s, Audience.CLUSTER)

    with pytest.raises(Stale):
        actions.share_readiness(
            by=actor(s.own.core), readiness=mine, audience="only_us", version=mine.version
        )


# what waits, and for whom


def sentences(seat):
    return [line.prompt.sentence for line in next_list(reader(seat), clock.today()).lines]


def test_while_a_cluster_forms_each_core_group_member_is_asked_about_their_own():
    own, _ = formed.forming()
    assert "Look at how ready you are" in sentences(own.core)
    assert "Look at how ready you are" not in sentences(own.facilitator)
    member = Member.objects.get(cluster=own.cluster, organisation=own.core.organisation)

    begun = actions.begin_readiness(by=actor(own.core), member=member)
    assert "Go on with how ready you are" in sentences(own.core)
    actions.answer_readiness(
        by=actor(own.core), readiness=begun, answers={}, limits="", is_finished=True, version=1
    )

    assert not [sentence for sentence in sentences(own.core) if "how ready" in sentence]
    assert "Look at how ready you are" in sentences(own.second)


def test_the_clusters_page_tells_each_of_their_own_and_of_what_is_shared(client, s, mine):
    cluster = reverse("cluster", args=[s.cluster.pk])

    assert "2 of 14 questions answered" in page(client, cluster, s.own.core)
    assert "One organisation shares theirs with you." in page(client, cluster, s.own.facilitator)
    assert "shares theirs" not in page(client, cluster, s.own.second)


def test_nothing_changes_in_a_cluster_that_has_ended(client, s, mine):
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    assert "Change the answers" not in page(client, url("readiness", mine), s.own.core)
    with pytest.raises(Refused, match="ended on"):
        share(s, Audience.ONLY_US)


def test_the_answers_are_these_four_for_ever():
    assert list(ANSWERS) == ["yes", "partly", "not_yet", "cannot_tell"]
