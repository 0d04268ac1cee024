"""What is done at the front door itself."""

from hedgerow.core import clock
from hedgerow.core.actions import action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.models import Cluster, Organisation, User

from .queries import LOOKED_IN, is_same_visit


@action
def look_in(*, by: Actor, user: User) -> User:
    """Remember that they are here, so that they can be told what changed when they come again."""
    user = locked(user)
    if is_same_visit(user):
        nothing_to_do()
        return user
    user.looked_at = clock.now()
    user.save(update_fields=["looked_at"])
    record(LOOKED_IN, by=by, to=user, owner=_own(user), audience=Audience.ONLY_US)
    return user


@action
def stop_digest(*, by: Actor, user: User) -> User:
    user = locked(user)
    if not user.wants_digest:
        nothing_to_do()
        return user
    user.wants_digest = False
    user.save(update_fields=["wants_digest"])
    record("front.digest_stopped", by=by, to=user, owner=_own(user), audience=Audience.ONLY_US)
    return user


@action
def take_copy(*, by: Actor, of: User | Organisation | Cluster) -> None:
    """Write down that somebody takes a copy, in the history of those whose it is."""
    kinds = {User: Owner.PERSON, Organisation: Owner.ORGANISATION, Cluster: Owner.CLUSTER}
    audience = Audience.CLUSTER if isinstance(of, Cluster) else Audience.ONLY_US
    owner = (kinds[type(of)], of.pk)
    record("front.copy_taken", by=by, to=of, owner=owner, audience=audience)


def _own(user: User) -> tuple[Owner, int]:
    return Owner.PERSON, user.pk
