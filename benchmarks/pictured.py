"""A shared picture as large as it is promised for: 60 members, each with ten instruments answered."""

import random
from datetime import timedelta
from typing import Any

from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.diagnostics.models import Asking, Round, SectionAnswers, Shared, Sheet
from hedgerow.diagnostics.questions.instruments import SAYS, Column, Instrument, Item, Kind
from hedgerow.diagnostics.questions.packs import catalogue
from hedgerow.people.models import Cluster, Member, Organisation, Programme, Role, Seat, User

N_MEMBERS = 60
MOST_MS, MOST_QUERIES = 300, 30


def furnish(n_members: int = N_MEMBERS) -> tuple[Round, Seat]:
    """An open round of all instruments that there are, and the seat of one Core Group member."""
    chance = random.Random(4)
    seats = _members(n_members)
    now = clock.now()
    asked = Round.objects.create(
        cluster=seats[0].cluster,
        number=1,
        opened_by=seats[0],
        opened_at=now,
        due_on=clock.today() + timedelta(days=14),
    )
    instruments = list(catalogue().values())
    askings = Asking.objects.bulk_create(
        Asking(
            round=asked,
            position=position,
            slug=it.slug,
            number=it.version,
            text=it.text,
            digest=it.digest,
        )
        for position, it in enumerate(instruments, start=1)
    )
    for asking, instrument in zip(askings, instruments, strict=True):
        _answer(asking, instrument, seats, chance)
    return asked, seats[0]


def _members(n: int) -> list[Seat]:
    programme = Programme.objects.create(slug="large", name="Large", guardian="Nobody")
    cluster = Cluster.objects.create(
        programme=programme, slug="large", name="A large cluster", place="Everywhere"
    )
    since = clock.now() - timedelta(days=30)
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Neighbourhood charity number {at}") for at in range(n)
    )
    people = User.objects.bulk_create(User(email=f"large{at}@example.org") for at in range(n))
    Member.objects.bulk_create(
        Member(cluster=cluster, organisation=one, joined_at=since) for one in organisations
    )
    return Seat.objects.bulk_create(
        Seat(user=person, role=Role.CORE, cluster=cluster, organisation=one, began_at=since)
        for person, one in zip(people, organisations, strict=True)
    )


def _answer(
    asking: Asking, instrument: Instrument, seats: list[Seat], chance: random.Random
) -> None:
    now = clock.now()
    sheets = Sheet.objects.bulk_create(
        Sheet(
            asking=asking,
            organisation=seat.organisation,
            seat=seat,
            begun_at=now,
            changed_at=now,
            finished_at=now,
        )
        for seat in seats
    )
    for section in instrument.sections:
        shared = Shared.objects.bulk_create(
            Shared(
                asking=asking,
                organisation=seat.organisation,
                section=section.slug,
                audience=Audience.CLUSTER,
            )
            for seat in seats
        )
        SectionAnswers.objects.bulk_create(
            SectionAnswers(
                sheet=sheet,
                shared=row,
                answers={item.slug: value_of(item, chance) for item in section.items},
                kept_at=now,
            )
            for sheet, row in zip(sheets, shared, strict=True)
        )


def value_of(asked: Item | Column, chance: random.Random) -> Any:
    """Some answer to a question, as `diagnostics.answers` defines it."""
    match asked.kind:
        case Kind.NUMBER:
            return chance.randint(0, min(asked.most or 200, 200))
        case Kind.MONEY:
            return chance.randint(1, 5000) * 100
        case Kind.DAY:
            return f"2027-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        case Kind.SCALE:
            return chance.randint(1, len(asked.scale.steps))
        case Kind.SAYS if isinstance(asked, Item):
            say = {"say": chance.choice(list(SAYS))}
            return say | ({"cost": chance.randint(1, 90) * 1000} if asked.has_cost else {})
        case Kind.SAYS:
            return chance.choice(list(SAYS))
        case Kind.CHOICE:
            return chance.choice(asked.options).slug
        case Kind.SEVERAL:
            n = min(asked.most or 2, len(asked.options))
            return [option.slug for option in asked.options[:n]]
        case Kind.RANKED:
            n = min(asked.most or 3, len(asked.options))
            return [option.slug for option in chance.sample(asked.options, n)]
        case Kind.TABLE:
            return _rows(asked, chance)
        case Kind.FILE:
            return {"file": 1, "name": "list.pdf"}
        case _:
            return chance.choice(("Ours alone", "A firm in town", "The council"))


def _rows(item: Item, chance: random.Random) -> list[dict[str, Any]]:
    named = [row.slug for row in item.rows] or [f"Thing {chance.randint(1, 9)}", "Another thing"]
    return [
        {"row": row, "cells": {column.slug: value_of(column, chance) for column in item.columns}}
        for row in named
    ]
