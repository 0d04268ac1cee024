"""The cluster says that something is so, and the programme's manager answers: not yet, and why."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.ledger import actions
from hedgerow.ledger.models import Condition, Instalment
from hedgerow.look.words import day
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import links_in, main_of, page, text_of

pytestmark = pytest.mark.django_db


def reach(a, told="The courses ran in May.", part=None):
    part = part or a.waiting[0]
    return actions.tell_instalment(by=a.second, instalment=part, told=told, version=part.version)


def doubt(a, part, reason="Only the first of them did.", **more):
    said = {"by": a.manager, "reason": reason, "version": part.version, **more}
    return actions.doubt_instalment(instalment=part, **said)


def tell(a, told="Ground Floor keeps it."):
    condition = Condition.objects.get()
    return actions.tell_condition(
        by=a.holder, condition=condition, told=told, version=condition.version
    )


def doubt_condition(a, condition, reason="Who does it when they are away?", **more):
    said = {"by": a.manager, "reason": reason, "version": condition.version, **more}
    return actions.doubt_condition(condition=condition, **said)


def url(name, thing):
    return reverse(f"ledger:{name}", args=[thing.pk])


def test_what_is_doubted_waits_for_the_cluster_again_and_both_words_stay(a):
    part = doubt(a, reach(a))

    assert (part.told, part.told_by, part.released) == ("", None, None)
    assert part.doubt == "Only the first of them did."
    assert part.doubted == "The courses ran in May."
    assert part.doubted_by_id == a.manager.seat


def test_what_is_said_anew_stands_beside_the_doubt_and_is_released(a):
    part = reach(a, "All of them ran by June.", doubt(a, reach(a)))

    assert (part.told, part.doubted) == ("All of them ran by June.", "The courses ran in May.")
    entry = actions.release_instalment(
        by=a.manager, instalment=part, on=a.day(9), words="", version=part.version
    )
    assert entry.pence == 600_000


def test_every_part_that_was_said_to_be_reached_together_is_doubted_together(a):
    doubt(a, reach(a))

    assert [bool(part.doubt) for part in a.waiting] == [True] * len(a.waiting)
    event = Event.objects.get(did="ledger.instalment_doubted")
    assert event.detail == {"award": a.key, "pence": 750_000}


def test_a_condition_is_doubted_told_anew_and_met(a):
    condition = doubt_condition(a, tell(a))
    assert (condition.told, condition.doubted) == ("", "Ground Floor keeps it.")

    condition = tell(a, "Open Door stands in.")
    met = actions.meet_condition(by=a.manager, condition=condition, version=condition.version)

    assert met.met_by_id == a.manager.seat
    with pytest.raises(Refused, match="and stays so"):
        doubt_condition(a, met)


def test_what_nobody_has_said_cannot_be_doubted(a):
    with pytest.raises(Refused, match="has not said yet that it is reached"):
        doubt(a, a.waiting[0])
    with pytest.raises(Refused, match="has not said yet that it is met"):
        doubt_condition(a, Condition.objects.get())


def test_a_doubt_is_said_otherwise_until_the_cluster_has_answered(a):
    part = doubt(a, doubt(a, reach(a)), "All four courses, please.")
    condition = doubt_condition(a, doubt_condition(a, tell(a)), "And who stands in?")

    assert (part.doubt, part.doubted) == ("All four courses, please.", "The courses ran in May.")
    assert condition.doubt == "And who stands in?"
    assert condition.doubted == "Ground Floor keeps it."
    assert [bool(one.doubt) for one in a.waiting] == [True] * len(a.waiting)


def test_in_a_cluster_that_has_ended_nothing_is_doubted_that_nobody_could_answer(a):
    part, condition = reach(a), tell(a)
    a.award.cluster.__class__.objects.filter(pk=a.award.cluster_id).update(ended_at=clock.now())

    for act, thing in ((doubt, part), (doubt_condition, condition)):
        with pytest.raises(Refused, match="It can still be read"):
            act(a, thing)


def test_a_doubt_has_its_reason_and_is_the_managers(a):
    part, condition = reach(a), tell(a)

    for act, thing in ((doubt, part), (doubt_condition, condition)):
        with pytest.raises(Refused, match="Say what is still missing"):
            act(a, thing, " ")
        with pytest.raises(Refused, match="Only the manager"):
            act(a, thing, by=a.holder)
        with pytest.raises(Stale):
            act(a, thing, version=thing.version - 1)
    assert not Event.objects.filter(did__endswith="_doubted").exists()


def test_nothing_is_doubted_once_it_is_released_or_the_award_is_closed(a):
    part, condition = reach(a), tell(a)
    actions.release_instalment(
        by=a.manager, instalment=part, on=a.day(9), words="", version=part.version
    )
    with pytest.raises(Refused, match="This was released on"):
        doubt(a, part)

    actions.close_award(by=a.manager, award=a.award, on=a.day(10), version=a.award.version)
    with pytest.raises(Refused, match="This award was closed"):
        doubt_condition(a, condition)


@pytest.mark.parametrize("model", [Condition, Instalment])
def test_the_database_keeps_a_doubt_whole(a, model):
    for half in ({"doubt": "No."}, {"doubted": "So."}, {"doubted_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**half)


# on pages


def test_the_manager_says_by_form_what_is_missing_and_the_cluster_reads_and_answers(client, s, a):
    part = reach(a)
    manager = signed_in(client, s.staff[Role.MANAGER])
    assert url("doubt_instalment", part) in links_in(main_of(manager.get(url("release", part))))
    there = url("doubt_instalment", part)
    empty = manager.post(there, {"reason": " ", "version": part.version})
    assert (empty.status_code, "Say what is still missing." in text_of(empty)) == (422, True)
    said = {"reason": "Only the first of them did.", "version": part.version}
    done = text_of(manager.post(there, said, follow=True))
    assert "The cluster reads why, and can answer." in done
    assert "Not yet £6,000" in done

    words = page(client, url("tell_instalment", part), s.own.core)

    assert f"said on {day(clock.today())}: not yet. Only the first of them did." in words
    assert "That was about this: The courses ran in May." in words
    assert (
        "The courses ran in May."
        in signed_in(client, s.own.core)
        .get(url("tell_instalment", part))
        .content.decode()
        .partition("<textarea")[2]
    )


def test_a_doubted_condition_says_so_to_the_cluster(client, s, a):
    condition = tell(a)
    manager = signed_in(client, s.staff[Role.MANAGER])
    assert url("doubt_condition", condition) in links_in(
        main_of(manager.get(url("meet_condition", condition)))
    )
    said = {"reason": "Who does it when they are away?", "version": condition.version}
    assert manager.post(url("doubt_condition", condition), said).status_code == 302

    words = page(client, url("account", a.award), s.own.core)

    assert "Not yet Say who keeps the database." in words
    assert "not yet. Who does it when they are away?" in words
    assert "That was about this: Ground Floor keeps it." in words


def test_the_way_to_a_doubt_is_shown_to_the_manager_once_something_is_said(client, s, a):
    ways = {
        url("doubt_instalment", a.waiting[0]),
        url("doubt_condition", a.award.conditions.get()),
    }

    def shown_to(seat):
        return links_in(main_of(signed_in(client, seat).get(url("account", a.award)))) & ways

    assert shown_to(s.staff[Role.MANAGER]) == set()
    reach(a), tell(a)
    assert shown_to(s.staff[Role.MANAGER]) == ways
    assert shown_to(s.own.core) == set()


def test_on_an_earlier_day_nothing_is_to_be_pressed_and_it_says_how_it_stands_today(client, s, a):
    part = reach(a)
    there = f"{url('account', a.award)}?on={day(a.day(1)).replace(' ', '+')}"
    for seat in (s.staff[Role.MANAGER], s.own.core):
        answer = signed_in(client, seat).get(there)
        links = links_in(main_of(answer))
        assert f"As they stand on {day(clock.today())}" in text_of(answer)
        for name in ("doubt_instalment", "release", "tell_instalment"):
            assert url(name, part) not in links


def test_a_part_that_a_closed_award_never_released_says_so(client, s, a):
    doubt(a, reach(a))
    actions.close_award(by=a.manager, award=a.award, on=clock.today(), version=a.award.version)

    words = page(client, url("account", a.award), s.own.core)

    assert "Not released £6,000" in words
    assert "Not yet £6,000" not in words


def test_the_manager_reads_the_doubt_before_what_is_said_now(client, s, a):
    part = doubt(a, reach(a))
    manager = s.staff[Role.MANAGER]
    assert "The cluster has not said since that it is reached." in page(
        client, url("release", part), manager
    )

    reach(a, "All of them ran by June.", part)

    words = page(client, url("release", part), manager)
    assert words.index("Only the first of them did.") < words.index("All of them ran by June.")
    assert f"£{7500:,} is released when this is reached" in page(
        client, url("doubt_instalment", part), manager
    )


@pytest.mark.parametrize("name", ["doubt_instalment", "doubt_condition"])
def test_a_doubt_is_no_members(client, s, a, name):
    thing = {"doubt_instalment": a.waiting[0]}.get(name, a.award.conditions.get())
    page(client, url(name, thing), s.own.core, status=403)
    page(client, url(name, thing), s.neighbour.core, status=404)
    page(client, url(name, thing), s.other_staff[Role.MANAGER], status=404)


def test_somebody_elses_cluster_says_nothing_anew(s, a):
    part = doubt(a, reach(a))
    with pytest.raises(Refused, match="You have no seat"):
        actions.tell_instalment(
            by=actor(s.neighbour.core), instalment=part, told="So.", version=part.version
        )
