"""Every record has one owner, what is personal in it is known, and copies and erasures meet it."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

from hedgerow.core.owners import Audience, AudienceField, Owner
from hedgerow.core.rooms import OnErasure, tables
from hedgerow.people.access import Rule
from hedgerow.people.models import User

OURS = [model for model in apps.get_models() if model.__module__.startswith("hedgerow.")]
each = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)

# Fields that say who somebody is or what they typed about themselves, whatever they are called.
TELLS_OF_A_PERSON = {"email", "user", "by_person", "person", "secret", "credential", "session_key"}
# Field and why it holds nobody although it is called so.
HOLDS_NOBODY = set()


def fields_of(model):
    return {field.name: field for field in model._meta.concrete_fields}


def points_at_a_person(field):
    return field.is_relation and field.related_model is User


@each
def test_it_has_one_owner(model):
    assert isinstance(model.__dict__.get("OWNER"), Owner), "say whose its rows are, in the model"


@each
def test_it_says_which_of_its_fields_are_personal(model):
    personal = model.__dict__.get("PERSONAL")
    assert isinstance(personal, frozenset), "say which of its fields are personal; NOBODY for none"
    assert personal <= set(fields_of(model)), "there is no such field"


@each
def test_no_field_about_a_person_is_left_out(model):
    suspects = {
        name
        for name, field in fields_of(model).items()
        if name in TELLS_OF_A_PERSON or points_at_a_person(field)
    }
    left_out = suspects - model.PERSONAL - {"id"}
    assert {f"{model._meta.label}.{name}" for name in left_out} <= HOLDS_NOBODY


@each
def test_copies_erasures_and_backups_know_it(model):
    table = tables().get(model._meta.label_lower)
    assert table, "register a Table for it"
    assert table.rule is None or isinstance(table.rule, Rule)
    if table.rule:
        assert table.rule.reads
        assert table.rule.model == model._meta.label
        assert table.columns
    for name in table.columns:
        model._meta.get_field(name)


@each
def test_whoever_is_erased_is_erased_from_it(model):
    """A way to the person leads where it says, and what tells of them does not stay."""
    table = tables()[model._meta.label_lower]
    if not table.person:
        assert table.on_erasure is OnErasure.KEEP
        return
    step = model
    for name in table.person.split("__"):
        if name == "pk":
            assert step is User
            return
        field = step._meta.get_field(name)
        step = field.related_model if field.is_relation else None
    assert step is User or isinstance(field, models.BigIntegerField)


@each
def test_secrets_are_not_in_copies(model):
    secret = {
        "secret",
        "credential",
        "credential_key",
        "digest",
        "session_key",
        "password",
        "token",
    }
    kept_in_the_open = {
        "journeys.Design": {"digest"},
        "journeys.Submission": {"digest"},
        "grants.GrantFile": {"digest"},
    }
    columns = set(tables()[model._meta.label_lower].columns)
    assert not columns & secret - kept_in_the_open.get(model._meta.label, set())


@each
def test_an_audience_is_one_of_the_five_steps(model):
    for field in fields_of(model).values():
        if field.name == "audience" or field.name.endswith("_audience"):
            assert isinstance(field, AudienceField)
            assert field.choices == Audience.choices


def test_what_is_stored_by_others_is_known_too():
    """Tables that are not our models; a new one wants a line here and a thought about erasure."""
    theirs = {model for model in apps.get_models() if model not in OURS}
    expected = {Session}  # holds keys of its own; gone when its time is over
    labels = {model._meta.label for model in theirs - expected}
    assert labels <= {"auth.Permission", "auth.Group", "contenttypes.ContentType"}
