"""Who would gain, as the card shows it, and the forms by which it is said."""

import pytest

from hedgerow.focus.actions.gains import say_gain
from hedgerow.focus.models import Gain
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import main_of, page, text_of

from .polled import written
from .scenes_ideas import gain_of, long_list
from .test_gains import write_down
from .test_ideas_pages import url

pytestmark = pytest.mark.django_db


def test_who_speaks_says_it_who_helps_writes_it_down_and_others_do_neither(client, s, idea):
    may = {
        "say_gain": {Role.CORE},
        "record_gain": {Role.FACILITATOR},
    }
    for role in (Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER):
        for name, roles in may.items():
            page(client, url(name, idea), s.own.seats[role], status=200 if role in roles else 403)
    page(client, url("say_gain", idea), s.neighbour.core, status=404)


def test_ones_own_line_stands_first_and_who_would_not_gain_above_all(client, s, idea):
    gain_of(idea, s.own.core, words="A <trainer>.")
    gain_of(idea, s.own.second, would_gain=False, words="We have one.")

    html = main_of(signed_in(client, s.own.third).get(url("idea", idea)))

    assert html.index("would not gain: “We have one.”") < html.index("<table>")
    rows = html[html.index("<tbody>") :]
    assert rows.index(f"{s.own.third.organisation} (you)") < rows.index("A &lt;trainer&gt;.")
    assert 'class="you"' in rows


def test_it_is_said_by_form_and_can_be_changed(client, s, idea):
    core = signed_in(client, s.own.core)

    shown = text_of(
        core.post(url("say_gain", idea), {"choice": "gains", "words": "A trainer."}, follow=True)
    )
    assert "Gains “A trainer.” Said by" in shown
    assert "One of three gains and two have not said yet." in shown

    again = main_of(core.get(url("say_gain", idea)))
    assert 'value="A trainer."' in again
    assert again.count("checked") == 1
    core.post(url("say_gain", idea), {"choice": "does-not", "words": "We have one."})
    assert not Gain.objects.get(ended_at=None).would_gain


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": "Time."}, "Choose one of the two."),
        ({"choice": "gains"}, "Say it in a line"),
        ({"choice": "maybe", "words": "Time."}, "Choose one of the two."),
        ({"choice": "gains", "words": "x" * 201}, "Write 200 characters at most."),
    ],
)
def test_half_a_word_comes_back(client, s, idea, sent, said):
    answer = signed_in(client, s.own.core).post(url("say_gain", idea), sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Gain.objects.exists()


def test_a_facilitator_writes_down_only_for_those_who_have_not_spoken(client, s, idea):
    gain_of(idea, s.own.core)
    helper = signed_in(client, s.own.facilitator)
    shown = text_of(helper.get(url("record_gain", idea)))
    assert str(s.own.second.organisation) in shown
    assert str(s.own.core.organisation) not in shown

    sent = {
        "organisation": s.own.second.organisation_id,
        "choice": "does-not",
        "words": "We have one.",
        "channel": "phone",
    }
    shown = text_of(helper.post(url("record_gain", idea), sent, follow=True))

    assert f"Written down for {s.own.second.organisation}. It counts" in shown
    assert "as said by telephone on" in shown
    forged = helper.post(
        url("record_gain", idea), {**sent, "organisation": s.own.core.organisation_id}
    )
    assert forged.status_code == 422


def test_when_all_have_spoken_nothing_is_left_to_write_down(client, s, idea):
    for seat in (s.own.core, s.own.second, s.own.third):
        gain_of(idea, seat)

    html = main_of(signed_in(client, s.own.facilitator).get(url("record_gain", idea)))

    assert "Every member has spoken for itself." in html
    assert "<form" not in html


def test_what_was_written_down_is_confirmed_or_undone_by_its_own_people(client, s, idea):
    gain = write_down(s, idea, s.own.second)
    there = url("idea", idea)
    assert "Yes, that is our word" not in page(client, there, s.own.third)
    own = signed_in(client, s.own.second)
    assert "Yes, that is our word" in text_of(own.get(there))

    assert "Confirmed. It is your own word" in text_of(
        own.post(url("confirm_gain", gain), follow=True)
    )
    late = own.post(url("undo_gain", gain))
    assert late.status_code == 409
    assert "confirmed this on" in text_of(late)


def test_what_is_undone_is_said_by_nobody(client, s, idea):
    gain = write_down(s, idea, s.own.second)

    shown = text_of(signed_in(client, s.own.second).post(url("undo_gain", gain), follow=True))

    assert "Nothing is said for you until you say it." in shown
    assert "Nobody has said yet whether they gain." in shown


def test_other_members_cannot_press_it(client, s, idea):
    gain = write_down(s, idea, s.own.second)

    for name in ("confirm_gain", "undo_gain"):
        assert signed_in(client, s.own.third).post(url(name, gain)).status_code == 403
        assert signed_in(client, s.neighbour.core).post(url(name, gain)).status_code == 404
    assert Gain.objects.get().confirmed_at is None


def test_when_all_gain_the_card_says_that_it_is_what_a_focus_needs(client, s, idea):
    for seat in (s.own.core, s.own.second, s.own.third):
        say_gain(by=actor(seat), idea=idea, would_gain=True, words="Time.")

    shown = page(client, url("idea", idea), s.own.core)

    assert "All three gain. That is what a focus needs." in shown


def test_whoever_has_said_it_of_one_on_the_shortlist_is_led_to_the_next(client, s):
    first, second, beside = long_list(s.own, 3)
    written(s)
    core = signed_in(client, s.own.core)
    sent = {"choice": "gains", "words": "A trainer."}

    assert core.post(url("say_gain", beside), sent).url.startswith(beside.get_absolute_url())
    assert core.post(url("say_gain", first), sent).url == url("say_gain", second)
    assert core.post(url("say_gain", second), sent).url.startswith(second.get_absolute_url())
