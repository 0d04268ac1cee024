"""An action as every other is: a row, and an entry in the record, whole or not at all."""

from collections.abc import Callable

from hedgerow.core.actions import Refused, action, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.people.models import Programme


@action
def begin(
    *, by: Actor, slug: str, before_it_is_done: Callable[[], object] = lambda: None
) -> Programme:
    if slug == "refused":
        raise Refused("Not this one.")
    programme = Programme.objects.create(slug=slug, name=slug, guardian="Somebody")
    record("people.programme_created", by=by, to=programme, owner=(Owner.PROGRAMME, programme.pk))
    before_it_is_done()
    return programme
