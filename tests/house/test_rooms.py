"""What rooms hand over is whole: every event has its sentence, every model its table."""

import ast
import pkgutil
import re
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import NoReverseMatch, reverse

import hedgerow
from hedgerow.cli import COMMANDS
from hedgerow.core import rooms
from hedgerow.core.owners import Owner
from hedgerow.core.rooms import OnErasure
from hedgerow.people.models import Role
from hedgerow.people.readers import ANYBODY, Reader
from tests.factories import ClusterFactory

ROOT = Path(hedgerow.__file__).parent
MODELS = [model for model in apps.get_models() if model.__module__.startswith("hedgerow.")]
ROOMS = list(rooms.rooms())
TABLES = list(rooms.tables().values())


def sources():
    for file in sorted(ROOT.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file, ast.parse(file.read_text())


def recorded(tree, constants=None, *, is_actions=False):
    """Event names that a source records: said to a function with "record" in its name (among
    actions, to one of their own), itself or as a constant, or put into `did` to be said to one."""
    for node in ast.walk(tree):
        told = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            own = is_actions and name.startswith(("_", "write"))
            told = node.args if "record" in name or own else []
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "did":
            told = [node.value]
        for word in (word for value in told for word in ast.walk(value)):
            said = getattr(word, "value", (constants or {}).get(getattr(word, "id", "")))
            if isinstance(said, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", said):
                yield said


def constants_of(tree):
    """What is said in capitals at the top of a source."""
    for node in tree.body:
        name = getattr(node.targets[0], "id", "") if isinstance(node, ast.Assign) else ""
        if name.isupper() and isinstance(node.value, ast.Constant):
            yield name, node.value.value


SOURCES = list(sources())
CONSTANTS = dict(pair for _, tree in SOURCES for pair in constants_of(tree))
EVENTS = sorted(
    {
        event
        for file, tree in SOURCES
        for event in recorded(tree, CONSTANTS, is_actions=file.parent.name == "actions")
    }
)


def test_there_are_events_to_look_at():
    assert {event.split(".")[0] for event in EVENTS} >= {"people", "journeys"}


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_a_sentence(event):
    assert callable(rooms.sentence_of(event))


def test_every_sentence_is_of_an_event_that_is_recorded():
    told = {event for room in rooms.rooms() for event in room.sentences}
    assert told == set(EVENTS)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_tells_its_own_events(room):
    assert all(event.startswith(f"{room.name}.") for event in room.sentences)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_one_table(model):
    mine = [table for room in rooms.rooms() for table in room.tables if table.model is model]
    assert len(mine) == 1


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model._meta.label)
def test_every_column_is_there(table):
    for name in table.columns:
        field = table.model._meta.get_field(name)
        assert field.concrete, name
    assert len(set(table.columns)) == len(table.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model._meta.label)
def test_a_table_can_be_exported_unless_it_is_the_machines_own(table):
    if table.rule is None:
        assert table.model.OWNER is Owner.SYSTEM, "say by which rule it may be copied"
        return
    assert apps.get_model(table.rule.model) is table.model
    assert table.rule.reads, "to take a copy is to read"
    assert table.columns


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model._meta.label)
def test_what_is_taken_besides_is_an_organisations_own(table):
    if table.own:
        assert table.rule, "who may take a copy once it is shown"
        assert apps.get_model(table.own.model) is table.model
        assert table.own.reads, "to take a copy is to read"
        assert table.own.owner is Owner.ORGANISATION
        assert not table.own.audience, "nobody else's comes with it"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model._meta.label)
def test_what_holds_something_personal_says_whose_it_is_and_what_an_erasure_does(table):
    if table.person:
        assert way_leads(table.model, table.person), table.person
    if table.on_erasure is OnErasure.BLANK:
        assert table.model.PERSONAL, "there is nothing to blank"
    is_personal = table.model.PERSONAL and table.model.OWNER is not Owner.SYSTEM
    if table.on_erasure is not OnErasure.KEEP or is_personal:
        assert table.person, "say the way to the person"


def way_leads(model, way):
    """Whether a path with double underscores can be followed from this model."""
    try:
        for step in way.split("__"):
            if step == "pk":
                return True
            model = model._meta.get_field(step).related_model
    except (FieldDoesNotExist, AttributeError):
        return False
    return True


def handed_over(kind):
    return [
        pytest.param(function, id=f"{room.name}.{function.__name__}")
        for room in rooms.rooms()
        for function in getattr(room, kind)
    ]


def readers():
    return [ANYBODY, Reader(person=None, seats=())]


@pytest.mark.django_db
@pytest.mark.parametrize("prompts", handed_over("prompts"))
def test_nothing_waits_for_somebody_without_a_seat(prompts):
    for reader in readers():
        assert list(prompts(reader, date(2026, 3, 17))) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shown", [*handed_over("panels"), *handed_over("dates"), *handed_over("sections")]
)
def test_nothing_of_a_cluster_is_shown_to_somebody_without_a_seat(shown):
    cluster = ClusterFactory()
    for reader in readers():
        assert list(shown(reader, cluster)) == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_what_a_room_names_is_there(room):
    for link in (*room.nav, *room.feet):
        try:
            reverse(link.url_name, args=[1] if link.by_programme else [])
        except NoReverseMatch:
            pytest.fail(f"{link.url_name} is no page with such a key")
        assert link.roles <= {role.value for role in Role}
    for name in room.commands:
        assert name in COMMANDS
    if room.example:
        assert callable(room.example)


def test_every_room_is_an_app_of_ours():
    ours = {
        config.label for config in apps.get_app_configs() if config.name.startswith("hedgerow.")
    }
    assert {room.name for room in rooms.rooms()} <= ours


def test_a_kind_of_stage_is_for_ever():
    for kind in rooms.kinds().values():
        assert kind.slug in (
            "forming",
            "gathering",
            "focus",
            "workplan",
            "implementation",
            "evaluation",
        )
        assert isinstance(kind.exit_test, type(lambda: None))


def test_every_app_of_ours_can_be_imported_whole():
    """A module that nobody imports is a module that nobody has tried."""
    for found in pkgutil.walk_packages(hedgerow.__path__, "hedgerow."):
        assert find_spec(found.name)
        if ".migrations." not in found.name:
            import_module(found.name)


def test_these_tests_would_find_an_event_without_a_sentence():
    tree = ast.parse(
        '_record(x, "a.up" if x else "a.down"); did = "a.on"; k.record("a.off"); f("a.no")'
    )
    assert set(recorded(tree)) == {"a.up", "a.down", "a.on", "a.off"}
    with pytest.raises(LookupError):
        rooms.sentence_of("test.never_told")
