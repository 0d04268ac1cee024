"""Every instrument that comes with Hedgerow has a picture, whatever is answered."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.diagnostics.pictures import picture_of
from hedgerow.diagnostics.questions.instruments import Item, Kind
from hedgerow.diagnostics.questions.packs import shipped


def value_of(chance, one):
    """Any answer to an item or in a column, drawn with a random.Random."""
    match one.kind:
        case Kind.NUMBER | Kind.MONEY:
            return chance.randrange(100)
        case Kind.SCALE:
            return chance.randint(1, len(one.scale.steps))
        case Kind.SAYS:
            say = chance.choice(["yes", "partly", "no", "unknown"])
            return {"say": say} if isinstance(one, Item) else say
        case Kind.CHOICE:
            return chance.choice(one.options).slug
        case Kind.SEVERAL | Kind.RANKED:
            return [option.slug for option in one.options if chance.random() < 0.5] or None
        case Kind.DAY:
            return f"2027-0{chance.randint(1, 9)}-01"
        case Kind.TABLE:
            named = [option.slug for option in one.rows] or ["Brightwatt", "bright watt ltd"]
            return [
                {"row": row, "cells": {at.slug: value_of(chance, at) for at in one.columns}}
                for row in named
                if chance.random() < 0.7
            ] or None
        case Kind.FILE:
            return None
    return chance.choice(["Fire", "fire ", "Budgets"])


def answers_to(chance, instrument):
    drawn = {
        item.slug: value_of(chance, item) for item in instrument.items if chance.random() < 0.8
    }
    return {slug: value for slug, value in drawn.items() if value is not None}


@settings(max_examples=10)
@given(st.randoms(), st.integers(0, 6))
def test_every_shipped_instrument_has_a_picture_and_order_changes_nothing(chance, n):
    for instrument in shipped().values():
        told = {key: answers_to(chance, instrument) for key in range(n)}
        names = {key: f"Member {key % 3}" for key in told}
        keys = list(told)
        chance.shuffle(keys)
        one = picture_of(instrument, told, names)

        assert picture_of(instrument, {key: told[key] for key in keys}, names) == one
        assert json.loads(json.dumps(one.plain())) == one.plain()
        assert len(one.members) == sum(map(bool, told.values()))
