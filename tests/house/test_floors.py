"""What imports cannot see: relations between models point down, and rooms know no other room."""

import pytest
from django.apps import apps

# From the ground up. Rooms stand on one floor.
FLOORS = {
    "core": 2,
    "look": 2,
    "people": 3,
    "journeys": 4,
    "agreements": 5,
    "ledger": 5,
    "front": 7,
}
OURS = [model for model in apps.get_models() if model.__module__.startswith("hedgerow.")]


def floor_of(model):
    return FLOORS.get(model._meta.app_label, 6)


def what_points_up(model):
    for field in model._meta.get_fields(include_hidden=False):
        if not field.is_relation or field.auto_created:
            continue
        other = field.related_model
        if other in OURS and floor_of(other) > floor_of(model):
            yield f"{model._meta.label}.{field.name} points up at {other._meta.label}"
        same_floor = floor_of(other) == floor_of(model)
        if other in OURS and same_floor and other._meta.app_label != model._meta.app_label:
            yield f"{model._meta.label}.{field.name} opens on another room"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_relations_point_down(model):
    assert list(what_points_up(model)) == []


def test_a_relation_that_points_up_would_be_found():
    from hedgerow.journeys.models import Journey

    class Upward:
        class _meta:
            app_label = "core"
            label = "core.Upward"

            @staticmethod
            def get_fields(include_hidden):
                return [Journey._meta.get_field("cluster")]

    assert list(what_points_up(Upward)) == ["core.Upward.cluster points up at people.Cluster"]


def test_every_app_of_ours_has_its_floor():
    labels = {app.label for app in apps.get_app_configs() if app.name.startswith("hedgerow.")}
    assert set(FLOORS) <= labels | {"front"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_holds_fields_and_no_habits(model):
    """No custom save, no manager that hides rows."""
    own = [cls.__dict__ for cls in model.__mro__ if cls.__module__.startswith("hedgerow.")]
    assert not any({"save", "delete", "clean"} & set(names) for names in own)
    assert type(model._default_manager).__module__.startswith("django.")
