"""Whom to ask and what to check, and what came of it."""

from hedgerow.agreements.actions.speakers import said, seat_in
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.focus.models import Contact, ContactKind, Idea
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Cluster

MOST_WORDS = 200  # characters


@action
def add_contact(
    *, by: Actor, cluster: Cluster, idea: Idea | None, kind: ContactKind, words: str
) -> Contact:
    """Somebody to ask or something to check, for one idea or for all of them."""
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    if idea is not None and idea.cluster_id != cluster.pk:
        raise ValueError("a contact is for an idea of its own cluster")
    if idea is not None and not locked(idea).is_live:
        raise Refused(f"“{idea}” is no longer on the long list. Choose another, or all of them.")
    contact = Contact.objects.create(
        cluster=cluster,
        idea=idea,
        kind=ContactKind(kind),
        words=_line(words, "Say whom to ask or what to check, and what for."),
        by=seat,
        at=clock.now(),
    )
    _record(by, contact, "focus.contact_added", kind=contact.kind)
    return contact


@action
def note_contact(*, by: Actor, contact: Contact, came_of: str) -> Contact:
    """What came of asking; said anew, it takes the place of what was said before."""
    contact = _standing(by, contact)
    came_of = _line(came_of, "Say in a few words what came of it.")
    if contact.came_of == came_of:
        nothing_to_do()
        return contact
    contact.came_of = came_of
    contact.save(update_fields=["came_of"])
    _record(by, contact, "focus.contact_noted")
    return contact


@action
def strike_contact(*, by: Actor, contact: Contact) -> Contact:
    """Take off the list what was written by mistake."""
    contact = _standing(by, contact)
    contact.struck_at = clock.now()
    contact.save(update_fields=["struck_at"])
    _record(by, contact, "focus.contact_struck")
    return contact


def _standing(by: Actor, contact: Contact) -> Contact:
    contact = locked(contact)
    going_on(contact.cluster)
    seat_in(by, contact.cluster)
    if contact.struck_at:
        raise Refused(f"This line was struck out on {day(contact.struck_at)}. Write a new one.")
    return contact


def _line(words: str, missing: str) -> str:
    refuse_unseen(words)
    words = said(words, most=MOST_WORDS)
    if not words:
        raise Refused(missing)
    return words


def _record(by: Actor, contact: Contact, did: str, **detail: object) -> None:
    record(
        did,
        by=by,
        to=contact,
        owner=(Owner.CLUSTER, contact.cluster_id),
        idea=contact.idea_id,
        **detail,
    )
