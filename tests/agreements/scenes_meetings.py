"""A meeting of the own cluster of a scene, and what belongs to it."""

from datetime import time, timedelta

from hedgerow.agreements import actions
from hedgerow.agreements.models import (
    AgendaItem,
    Attendance,
    Feed,
    Meeting,
    MeetingChange,
    Note,
)
from hedgerow.core import clock
from tests.factories import Scene, actor


def meeting(scene: Scene, **other) -> Meeting:
    """Called by the facilitator, for the day after tomorrow at ten."""
    words = {
        "title": "Core Group meeting",
        "on": clock.today() + timedelta(days=2),
        "at": time(10),
        "minutes": 90,
        "place": "The Old School",
        "link": "https://meet.example.org/hazel",
        "social": "Soup afterwards",
    }
    return actions.call_meeting(
        by=actor(scene.own.facilitator), cluster=scene.cluster, **{**words, **other}
    )


def begun(scene: Scene) -> Meeting:
    """Another one, that is going on."""
    going = meeting(scene, title="Meeting that goes on")
    Meeting.objects.filter(pk=going.pk).update(starts_at=clock.now(), begun_at=clock.now())
    going.refresh_from_db()
    return going


def change(scene: Scene) -> MeetingChange:
    called = meeting(scene)
    by = actor(scene.own.facilitator)
    actions.call_off(by=by, meeting=called, reason="Snow.", version=called.version)
    return called.changes.get()


def attendance(scene: Scene) -> Attendance:
    return actions.answer_meeting(by=actor(scene.own.core), meeting=meeting(scene), answer="coming")


def item(scene: Scene) -> AgendaItem:
    return actions.add_item(
        by=actor(scene.own.core), meeting=meeting(scene), words="The shared minibus"
    )


def note(scene: Scene) -> Note:
    return actions.add_note(
        by=actor(scene.own.facilitator), meeting=begun(scene), words="All agreed to try it."
    )


def feed(scene: Scene) -> Feed:
    core = scene.own.core
    return actions.make_feed(by=actor(core), user=core.user, cluster=scene.cluster)


SCENES = {
    "agreements.Meeting": meeting,
    "agreements.MeetingChange": change,
    "agreements.Attendance": attendance,
    "agreements.AgendaItem": item,
    "agreements.Note": note,
    "agreements.Feed": feed,
}
