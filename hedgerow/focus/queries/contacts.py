"""Whom to ask and what to check, by idea, and what came of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hedgerow.core import clock
from hedgerow.focus.models import Contact, Idea
from hedgerow.people.models import Cluster
from hedgerow.people.readers import seat_words, with_seats


@dataclass(frozen=True, kw_only=True)
class ContactLine:
    key: int
    kind: str  # "Somebody to ask"
    words: str
    came_of: str  # empty where nobody has said yet
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ContactGroup:
    """What is to be asked for one idea, or for all of them."""

    idea: Idea | None
    lines: tuple[ContactLine, ...]

    @property
    def ident(self) -> str:
        return f"idea-{self.idea.pk}" if self.idea else "all"

    @property
    def heading(self) -> str:
        return self.idea.title if self.idea else "For all of it"


def contact_lines(contacts: QuerySet[Contact]) -> list[ContactLine]:
    """Those that were not struck out, in the order in which they were written. Two queries."""
    rows = contacts.filter(struck_at=None).order_by("pk")
    return [_line(contact) for contact in with_seats(rows, "by")]


def contact_groups(cluster: Cluster) -> list[ContactGroup]:
    """By idea, in the order of the long list; what is for all of them last. Three queries."""
    rows = Contact.objects.filter(cluster=cluster, struck_at=None).order_by("pk")
    contacts = with_seats(rows, "by")
    ideas = {idea.pk: idea for idea in Idea.objects.filter(pk__in=_ideas(contacts))}
    groups = [
        ContactGroup(
            idea=idea,
            lines=tuple(_line(one) for one in contacts if one.idea_id == key),
        )
        for key, idea in sorted(ideas.items(), key=lambda pair: pair[1].number)
    ]
    rest = tuple(_line(one) for one in contacts if one.idea_id is None)
    return [*groups, *([ContactGroup(idea=None, lines=rest)] if rest else [])]


def _ideas(contacts: list[Contact]) -> set[int]:
    return {contact.idea_id for contact in contacts if contact.idea_id}


def _line(contact: Contact) -> ContactLine:
    return ContactLine(
        key=contact.pk,
        kind=contact.get_kind_display(),
        words=contact.words,
        came_of=contact.came_of,
        by=seat_words(contact.by),
        on=clock.day_of(contact.at),
    )
