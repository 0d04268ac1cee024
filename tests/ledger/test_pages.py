"""The account and what is done from it, on pages."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.ledger import actions, rules
from hedgerow.ledger.models import Award, Condition, Entry
from hedgerow.look.words import day
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import cost_of, links_in, main_of, page, text_of

pytestmark = pytest.mark.django_db


def url(name, thing):
    return reverse(f"ledger:{name}", args=[thing.pk])


def row_of(answer, name):
    """The cells of a row of the first table, as text."""
    rows = main_of(answer).split("<tr")
    (row,) = [row for row in rows if f'<th scope="row">{name}</th>' in row][:1]
    return [cell.split("<")[0] for cell in row.split('<td class="num">')[1:]]


# who reads


def test_the_table_and_the_manager_read_the_account_and_nobody_else(client, s, a):
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER, Role.MANAGER}
    for role, seat in s.seats.items():
        page(client, url("account", a.award), seat, status=200 if role in inside else 404)
    page(client, url("account", a.award), s.neighbour.core, status=404)
    page(client, url("account", a.award), s.other_staff[Role.MANAGER], status=404)


def test_every_figure_has_its_sentence(client, s, a):
    a.enters("draw", 500_000, n=3)
    a.enters("commit", 200_000, n=4, member=1)
    a.enters("spend", 75_000, n=5, member=1)

    said = page(client, url("account", a.award), s.own.third)

    assert f"£15,000 is the award, made on {day(a.award.awarded_on)}." in said
    assert f"{a.organisations[0]} holds it for all." in said
    assert "£7,500 of it is released by the programme; £7,500 is still to come." in said
    assert "£5,000 of what is released is drawn; £2,500 waits to be drawn." in said
    assert "£2,000 is committed by members, and £750 of that is spent." in said
    assert "£13,000 is free: nobody has committed it." in said


def test_the_parts_stand_below_each_other_and_add_up(client, s, a):
    a.enters("commit", 30_000, n=4, member=1, tranche="quick_wins")

    answer = signed_in(client, s.own.core).get(url("account", a.award))

    assert row_of(answer, "Main part") == ["£12,000", "£6,000", "£0", "£0", "£0", "£12,000"]
    assert row_of(answer, "Levelling up") == ["£2,000", "£1,000", "£0", "£0", "£0", "£2,000"]
    assert row_of(answer, "Quick wins") == ["£1,000", "£500", "£0", "£300", "£0", "£700"]
    assert row_of(answer, "In all") == ["£15,000", "£7,500", "£0", "£300", "£0", "£14,700"]


def test_the_pictures_are_as_long_as_what_they_draw(client, s, a):
    a.enters("commit", 75_000, n=4, member=1, tranche="main")
    shown = main_of(signed_in(client, s.own.core).get(url("account", a.award)))

    last = shown.split("<tfoot>")[1].split("</tfoot>")[0]
    assert 'class="c-plan" x="0%" width="50%"' in last  # half is released, none of it drawn
    assert 'class="c-plan" x="0%" width="5%"' in last  # a twentieth is committed
    assert 'class="c-rest" x="5%" width="95%"' in last


def test_the_account_of_an_earlier_day_is_that_days(client, s, a):
    a.enters("commit", 200_000, n=4, member=1)
    a.enters("spend", 75_000, n=9, member=1)
    core = signed_in(client, s.own.core)

    early = text_of(core.get(url("account", a.award), {"on": day(a.day(3))}))
    later = text_of(core.get(url("account", a.award), {"on": day(a.day(4))}))

    assert "No member has committed anything yet." in early
    assert "£2,000 is committed by members, and £0 of that is spent." in later
    assert f"{a.organisations[1]} committed it" in later
    assert f"{a.organisations[1]} spent it" not in later


@pytest.mark.parametrize(
    ("n", "says"), [(-1, "or a later day"), (61, "or an earlier day"), (None, "“yesterweek”")]
)
def test_a_day_that_cannot_be_shown_is_said(client, s, a, n, says):
    asked = "yesterweek" if n is None else day(a.day(n))

    answer = signed_in(client, s.own.core).get(url("account", a.award), {"on": asked})

    assert answer.status_code == 422
    assert says in main_of(answer).split('id="id_on_error">')[1].split("</p>")[0]


def test_members_have_a_line_each(client, s, a):
    a.enters("commit", 200_000, n=4, member=1)
    a.enters("hand_over", 50_000, n=5, member=1, to=2)
    a.enters("spend", 75_000, n=6, member=1)

    answer = signed_in(client, s.own.core).get(url("account", a.award))

    assert row_of(answer, a.organisations[1]) == ["£1,500", "£750", "£750"]
    assert row_of(answer, a.organisations[2]) == ["£500", "£0", "£500"]


# links lead only those whom they lead


def test_links_are_shown_to_whom_they_lead(client, s, a):
    entry = a.enters("draw", 500_000, n=3)
    condition = a.award.conditions.get()
    part = a.waiting[0]
    drawing = {url("draw", a.award), url("hand_back", a.award), url("undo", entry)}
    running = {
        url("release", part),
        url("change_amount", a.award),
        url("change_holding", a.award),
        url("close", a.award),
        url("meet_condition", condition),
    }
    telling = {
        url("tell_condition", condition),
        *(url("tell_instalment", one) for one in a.waiting),
    }
    every = drawing | running | telling

    assert rules.TELL_INSTALMENT.seats == rules.TELL_CONDITION.seats

    def shown_to(seat):
        answer = signed_in(client, seat).get(url("account", a.award))
        return links_in(main_of(answer)) & every

    assert shown_to(s.own.core) == drawing | telling
    assert shown_to(s.own.second) == telling
    assert shown_to(s.own.facilitator) == telling
    assert shown_to(s.own.seats[Role.SUPPORTER]) == set()
    assert shown_to(s.staff[Role.MANAGER]) == drawing | running
    for seat in (s.own.core, s.own.second, s.own.facilitator, s.staff[Role.MANAGER]):
        for path in shown_to(seat):
            page(client, path, seat)


def test_nothing_is_offered_that_would_be_refused(client, s, a):
    """Nothing to hand back before something is drawn, and nothing to draw once all of it is."""
    core = signed_in(client, s.own.core)

    def shown():
        return links_in(main_of(core.get(url("account", a.award))))

    assert url("draw", a.award) in shown()
    assert url("hand_back", a.award) not in shown()
    for n, (tranche, pence) in enumerate(
        (("main", 600_000), ("levelling_up", 100_000), ("quick_wins", 50_000)), start=3
    ):
        a.enters("draw", pence, n=n, tranche=tranche)
    assert url("draw", a.award) not in shown()
    assert url("hand_back", a.award) in shown()


def test_once_it_is_closed_no_link_changes_it(client, s, a):
    a.enters("draw", 1, n=3)
    a.enters("hand_back", 1, n=4)
    actions.close_award(by=a.manager, award=a.award, on=a.day(5), version=a.award.version)

    answer = signed_in(client, s.staff[Role.MANAGER]).get(url("account", a.award))

    assert f"This award was closed on {day(a.day(5))}" in text_of(answer)
    assert not {path for path in links_in(main_of(answer)) if path.startswith("/ledger/awards")} - {
        url("account", a.award)
    }


# drawing


def test_what_was_drawn_is_written_down_as_people_type_it(client, s, a):
    core = signed_in(client, s.own.core)
    told = {"pence": "£1,200.50", "tranche": "main", "on": day(a.day(3)), "words": "Ref 7"}

    answer = core.post(url("draw", a.award), told, follow=True)

    assert "Written down as drawn." in text_of(answer)
    entry = Entry.objects.get(verb="draw")
    assert (entry.pence, entry.on, entry.words) == (120_050, a.day(3), "Ref 7")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1200,50", "is not an amount in pounds"),
        ("1.2k", "is not an amount in pounds"),
        ("0.005", "is not an amount in pounds"),
        ("-5", "Enter £0.01 or more."),
        ("0", "Enter £0.01 or more."),
        ("", "Write how much."),
        ("ten", "is not an amount in pounds"),
        ("99999999999999", "more than Hedgerow can hold"),
    ],
)
def test_an_amount_that_is_none_is_refused_beside_its_field(client, s, a, typed, says):
    told = {"pence": typed, "tranche": "main", "on": day(a.day(3)), "words": ""}

    answer = signed_in(client, s.own.core).post(url("draw", a.award), told)

    assert answer.status_code == 422
    beside = main_of(answer).split('id="id_pence_error">')[1].split("</p>")[0]
    assert says in beside
    assert not Entry.objects.filter(verb="draw").exists()


def test_too_much_is_refused_in_a_sentence_and_what_was_typed_stays(client, s, a):
    told = {"pence": "6,000.01", "tranche": "main", "on": day(a.day(3)), "words": "Ref 7"}

    answer = signed_in(client, s.own.core).post(url("draw", a.award), told)

    assert answer.status_code == 409
    assert "only £6,000 is released and not yet drawn; £6,000.01 is more" in text_of(answer)
    assert 'value="6,000.01"' in main_of(answer)
    assert "Ref 7" in main_of(answer)


@pytest.mark.parametrize(("n", "says"), [(-1, "or a later day"), (61, "or an earlier day")])
def test_a_day_before_the_award_or_still_to_come_is_refused(client, s, a, n, says):
    told = {"pence": "5", "tranche": "main", "on": day(a.day(n)), "words": ""}

    answer = signed_in(client, s.own.core).post(url("draw", a.award), told)

    assert answer.status_code == 422
    assert says in text_of(answer)


def test_people_of_another_member_are_told_who_writes_down_what_is_drawn(client, s, a):
    told = {"pence": "5", "tranche": "main", "on": day(a.day(3)), "words": ""}

    answer = signed_in(client, s.own.second).post(url("draw", a.award), told)

    assert answer.status_code == 409
    assert f"{a.organisations[0]} holds the money for all" in text_of(answer)


def test_a_form_that_is_sent_twice_is_done_once(client, s, a):
    core = signed_in(client, s.own.core)
    told = {"pence": "5", "tranche": "main", "on": day(a.day(3)), "words": "", "once": "0" * 32}

    core.post(url("draw", a.award), told)
    core.post(url("draw", a.award), told)

    assert Entry.objects.filter(verb="draw").count() == 1


def test_an_entry_is_undone_by_form_and_both_stay_to_be_read(client, s, a):
    entry = a.enters("draw", 500_000, n=3)
    core = signed_in(client, s.own.core)

    sure = text_of(core.get(url("undo", entry)))
    assert f"£5,000, on {day(a.day(3))}. Drawn. Its opposite" in sure
    empty = core.post(url("undo", entry), {"words": ""})
    assert (empty.status_code, "Say why." in text_of(empty)) == (422, True)
    answer = text_of(core.post(url("undo", entry), {"words": "It was £500."}, follow=True))

    assert f"Entry {entry.number} is undone." in answer
    assert f"Undone by entry {entry.number + 1}" in answer
    assert f"Undoes entry {entry.number}" in answer
    assert "It was £500." in answer
    assert "£0 of what is released is drawn" in answer


# what the manager does


def test_the_manager_releases_by_form_and_twice_is_refused(client, s, a):
    manager, part = signed_in(client, s.staff[Role.MANAGER]), a.waiting[0]
    told = {"on": day(a.day(9)), "words": "The courses ran.", "version": part.version}

    done = text_of(manager.post(url("release", part), told, follow=True))
    again = manager.post(url("release", part), told)

    assert "£6,000 is released." in done
    assert again.status_code == 409
    assert f"This was released on {day(a.day(9))}" in text_of(again)
    assert a.money.released == 1_350_000


def test_the_amount_is_changed_by_form(client, s, a):
    manager = signed_in(client, s.staff[Role.MANAGER])
    told = {
        "verb": "lower",
        "pence": "1,000",
        "tranche": "main",
        "on": day(a.day(9)),
        "words": "Two members fewer.",
    }

    answer = text_of(manager.post(url("change_amount", a.award), told, follow=True))

    assert "The award is changed." in answer
    assert "£14,000 is the award," in answer
    assert "Two members fewer." in answer


def test_another_member_holds_the_money_by_form_and_a_clash_is_said(client, s, a):
    manager = signed_in(client, s.staff[Role.MANAGER])
    told = {"holding": a.organisations[1].pk, "reason": "They have staff.", "version": 0}

    clash = manager.post(url("change_holding", a.award), told)
    assert clash.status_code == 409
    assert "Somebody else changed this" in text_of(clash)
    assert f'name="version" value="{a.award.version}"' in main_of(clash)

    told["version"] = a.award.version
    answer = text_of(manager.post(url("change_holding", a.award), told, follow=True))
    assert f"Why {a.organisations[1]} holds the money now: They have staff." in answer


def test_only_full_members_can_hold_the_money(client, s, a):
    manager = signed_in(client, s.staff[Role.MANAGER])
    tier = s.own.seats[Role.SUPPORTER].organisation
    told = {"holding": tier.pk, "reason": "So.", "version": a.award.version}

    answer = manager.post(url("change_holding", a.award), told)

    assert answer.status_code == 422
    assert "Choose one of the full members." in text_of(answer)


def test_it_is_closed_by_form_once_it_is_settled(client, s, a):
    manager = signed_in(client, s.staff[Role.MANAGER])
    a.enters("commit", 5, n=3, member=1)

    def close():
        told = {"on": day(clock.today()), "version": a.award.version}
        return manager.post(url("close", a.award), told)

    assert "Not yet: £0.05 is still committed" in text_of(manager.get(url("close", a.award)))
    early = close()
    assert early.status_code == 409
    assert "£0.05 is still committed" in text_of(early)
    a.enters("free", 5, n=4, member=1)
    assert "Not yet" not in text_of(manager.get(url("close", a.award)))

    assert close().status_code == 302
    assert Award.objects.get().closed_on == clock.today()


@pytest.mark.parametrize(
    "name", ["change_amount", "change_holding", "close", "release", "meet_condition"]
)
def test_what_is_the_managers_is_no_members(client, s, a, name):
    thing = {"release": a.waiting[0], "meet_condition": a.award.conditions.get()}
    page(client, url(name, thing.get(name, a.award)), s.own.core, status=403)
    page(client, url(name, thing.get(name, a.award)), s.neighbour.core, status=404)


def test_without_a_condition_too_the_cluster_is_led_to_say_that_a_part_is_reached(client, s, a):
    a.award.conditions.all().delete()

    answer = signed_in(client, s.own.core).get(url("account", a.award))

    assert url("tell_instalment", a.waiting[0]) in links_in(main_of(answer))


# conditions


def test_a_condition_is_told_by_the_cluster_and_taken_as_met_by_the_manager(client, s, a):
    condition = a.award.conditions.get()
    core = signed_in(client, s.own.core)
    told = {"told": "Ground Floor keeps it.", "version": condition.version}

    said = text_of(core.post(url("tell_condition", condition), told, follow=True))
    assert "Ground Floor keeps it." in said
    shown = page(client, url("meet_condition", condition), s.staff[Role.MANAGER])
    assert "The cluster says: Ground Floor keeps it." in shown
    manager = signed_in(client, s.staff[Role.MANAGER])
    done = manager.post(
        url("meet_condition", condition),
        {"version": Condition.objects.get().version},
        follow=True,
    )

    assert f"Met on {day(clock.today())}." in text_of(done)


def test_a_part_is_said_to_be_reached_by_form_and_the_manager_reads_it_and_releases(client, s, a):
    part = a.waiting[0]
    core = signed_in(client, s.own.core)
    there = page(client, url("tell_instalment", part), s.own.core)
    assert "£6,000 of the award (main part) is released when this is reached: “The first" in there
    empty = core.post(url("tell_instalment", part), {"told": " ", "version": part.version})
    assert (empty.status_code, "Say what shows it." in text_of(empty)) == (422, True)

    told = {"told": "The courses ran in May.", "version": part.version}
    said = text_of(core.post(url("tell_instalment", part), told, follow=True))
    assert "The programme’s manager is asked to release the money." in said
    assert "Said to be reached £6,000" in said
    assert "The courses ran in May." in said
    clash = core.post(url("tell_instalment", part), {**told, "told": "In June."})
    assert (clash.status_code, "Somebody else changed this" in text_of(clash)) == (409, True)

    manager = signed_in(client, s.staff[Role.MANAGER])
    shown = text_of(manager.get(url("release", part)))
    assert "The cluster says that it is reached: The courses ran in May." in shown
    again = {"on": day(a.day(9)), "words": "", "version": a.waiting[0].version}
    assert "£6,000 is released." in text_of(manager.post(url("release", part), again, follow=True))
    assert url("tell_instalment", part) not in links_in(
        main_of(signed_in(client, s.own.core).get(url("account", a.award)))
    )


def test_a_form_about_a_part_that_is_cut_away_as_it_is_sent_is_refused_in_a_sentence(
    client, s, a, monkeypatch
):
    """Between the door, which saw it, and the action."""
    part = a.waiting[2]
    tell = actions.tell_instalment

    def too_late(**said):
        a.award.instalments.filter(pk=part.pk).delete()
        return tell(**said)

    monkeypatch.setattr(actions, "tell_instalment", too_late)
    told = {"told": "In May.", "version": part.version}

    answer = signed_in(client, s.own.core).post(url("tell_instalment", part), told)

    assert answer.status_code == 409
    assert "Somebody else took this away" in text_of(answer)


def test_the_account_costs_the_same_however_much_was_entered(client, s, a):
    a.enters("commit", 5, n=2, member=1)
    core = signed_in(client, s.own.core)
    core.get(url("account", a.award))
    before = cost_of(core, url("account", a.award))

    for member in (0, 1, 2):
        a.enters("commit", 1_000, n=3, member=member, by=a.holder)
        a.enters("spend", 500, n=4, member=member, by=a.holder)
    a.enters("spend", 1, n=5, member=1, by=actor(s.own.second))

    assert cost_of(core, url("account", a.award)) == before
    assert before <= 30
