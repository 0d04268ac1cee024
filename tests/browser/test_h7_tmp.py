import sys
import pytest
from django.test import Client
from django.urls import resolve
from hedgerow.people.models import Role, Seat
from tests.factories import signed_in
from .test_every_page import furnished, pages_for


@pytest.mark.parametrize("role", [Role.CORE, Role.FACILITATOR])
def test_x(furnished, role):
    seat = Seat.objects.filter(role=role, user__is_example=True).order_by("pk").first()
    paths = pages_for(signed_in(Client(), seat), "/home/")
    sys.stdout.write(
        f"\n{role} {len(paths)}: {sorted({resolve(p).view_name for p in paths if resolve(p).namespace in ('charter', 'agreements')})}\n"
    )
