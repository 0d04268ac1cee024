"""Whoever is erased is erased from every table, or the table says why not."""

import pytest

from hedgerow.core.erasures import emptied, rows_about
from hedgerow.core.rooms import OnErasure, tables
from hedgerow.people.models import User

TABLES = tables().values()
each = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model._meta.label)

# Keys of people that are plain numbers, in tables that foreign keys cannot reach.
PLAIN_KEYS = {"by_person", "person"}


def personal(table):
    return [table.model._meta.get_field(name) for name in table.model.PERSONAL]


def leads_to_a_person(field):
    return field.related_model is User or field.name in PLAIN_KEYS


@each
def test_what_is_personal_and_stays_says_why(table):
    if table.on_erasure is OnErasure.KEEP and table.model.PERSONAL:
        assert table.why_kept, "say on its Table why it stays when a person is erased"


@each
def test_a_table_that_leads_to_a_person_is_reached(table):
    if any(leads_to_a_person(field) for field in personal(table)):
        assert table.person or table.on_erasure is OnErasure.KEEP


@each
def test_whatever_is_personal_in_a_blanked_row_is_emptied_or_a_key(table):
    if table.on_erasure is not OnErasure.BLANK:
        return
    over = {name for field in personal(table) for name in emptied(field)}
    keys = {field.name for field in personal(table) if not emptied(field)}
    assert over, "nothing in it would be blanked"
    assert all(leads_to_a_person(table.model._meta.get_field(name)) for name in keys)


@each
def test_a_reason_is_a_sentence(table):
    if table.why_kept:
        assert table.why_kept.endswith(".")
        assert table.on_erasure is OnErasure.KEEP


@each
@pytest.mark.django_db
def test_its_rows_about_somebody_can_be_asked_for(table):
    assert not rows_about(table, 987654321, "nobody@example.org").exists()
