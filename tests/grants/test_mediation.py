"""The mediation log: dated notes, struck out and kept, that the cluster never sees."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.grants.actions import mediation
from hedgerow.grants.models import MediationNote
from hedgerow.people.access import visible_events
from hedgerow.people.models import Role
from hedgerow.people.queries.history import history_of
from tests.factories import actor, reader, signed_in
from tests.front.pages import main_of, page, text_of

from .assessed import in_days

pytestmark = pytest.mark.django_db


def noted(s, **changed):
    said = {
        "by": actor(s.staff[Role.MANAGER]),
        "on": clock.today(),
        "asked_by": "the facilitator",
        "words": "We spoke with both.",
        "outcome": "They meet again.",
        **changed,
    }
    return mediation.add_note(cluster=s.cluster, **said)


def url(name, row):
    return reverse(f"grants:{name}", args=[row.pk])


def test_a_note_says_who_asked_what_was_done_and_what_came_of_it(client, s):
    noted(s)

    shown = page(client, url("mediation", s.cluster), s.staff[Role.MANAGER])
    assert "Asked for by the facilitator. We spoke with both." in shown
    assert "What came of it: They meet again." in shown


def test_a_note_is_written_by_form(client, s):
    manager = signed_in(client, s.staff[Role.MANAGER])
    there = url("add_mediation", s.cluster)
    assert manager.post(there, {"on": "1/1/2026", "words": ""}).status_code == 422
    late = manager.post(there, {"on": in_days(2).strftime("%d/%m/%Y"), "words": "X"})
    assert "or an earlier day" in text_of(late)
    shown = manager.post(
        there, {"on": "1/1/2026", "asked_by": "a member", "words": "<b>Talked.</b>"}, follow=True
    )

    assert "&lt;b&gt;Talked.&lt;/b&gt;" in main_of(shown)
    assert MediationNote.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": " "}, "Say what was done"),
        ({"on": in_days(1)}, "is not here yet"),
        ({"asked_by": "a\nb"}, "on one line"),
        ({"words": "x" * 2001}, "Shorten it"),
    ],
)
def test_half_a_note_is_refused(s, changed, said):
    with pytest.raises(Refused, match=said):
        noted(s, **changed)
    assert not MediationNote.objects.exists()


def test_a_note_that_is_struck_out_stays_to_be_read(client, s):
    note = noted(s)
    manager = signed_in(client, s.staff[Role.MANAGER])
    shown = manager.post(url("strike_mediation", note), follow=True)

    assert "Struck out on" in text_of(shown)
    assert "<s>We spoke with both.</s>" in main_of(shown)
    mediation.strike_note(by=actor(s.staff[Role.MANAGER]), note=note)
    assert Event.objects.filter(did="grants.mediation_struck").count() == 1


def test_to_look_at_the_address_strikes_nothing(client, s):
    note = noted(s)
    signed_in(client, s.staff[Role.MANAGER]).get(url("strike_mediation", note))

    note.refresh_from_db()
    assert note.struck_at is None


def test_nobody_but_the_programmes_manager_sees_the_log(client, s):
    note = noted(s)
    others = [
        *s.own.seats.values(),
        s.neighbour.core,
        s.other_staff[Role.MANAGER],
        s.staff[Role.ASSESSOR],
        s.staff[Role.VIEWER],
    ]
    for seat in others:
        for name, row in (("mediation", s.cluster), ("add_mediation", s.cluster)):
            page(client, url(name, row), seat, status=404)
        assert signed_in(client, seat).post(url("strike_mediation", note)).status_code == 404
        read = visible_events(reader(seat)).values_list("did", flat=True)
        assert "grants.mediation_noted" not in read
    note.refresh_from_db()
    assert note.struck_at is None


def test_only_the_manager_writes_in_it(s):
    for seat in (s.own.core, s.other_staff[Role.MANAGER], s.staff[Role.ASSESSOR]):
        with pytest.raises(Refused, match="Only the manager of"):
            noted(s, by=actor(seat))
    note = noted(s)
    with pytest.raises(Refused, match="Only the manager of"):
        mediation.strike_note(by=actor(s.own.core), note=note)


def test_it_is_told_in_the_programmes_history_without_its_words(s):
    note = noted(s, words="Canary")
    mediation.strike_note(by=actor(s.staff[Role.MANAGER]), note=note)

    lines = history_of(
        reader(s.staff[Role.MANAGER]), owner=Owner.PROGRAMME, key=s.programme.pk, limit=2
    )
    struck, written = (line.sentence for line in lines)
    assert f"wrote in the mediation log of {s.cluster}, of" in written
    assert f"struck out a note in the mediation log of {s.cluster}" in struck
    assert "Canary" not in written + struck
