import pytest
from django.db import transaction

from hedgerow.front import example, record


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker):
    """The published record and the example, loaded once for all the tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        record.load()
        example.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(furnished, db):
    """What a test changes in it is undone after the test."""
