"""Who looks into which idea, and what they found: a draft for its pair, a report for everybody."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from hedgerow.agreements.models import Promise
from hedgerow.agreements.queries.promises import PromiseLine, can_hold, promises_from
from hedgerow.core import clock
from hedgerow.focus import rules
from hedgerow.focus.models import Idea, Study
from hedgerow.look.words import day
from hedgerow.people.access import MEMBERS, may, visible
from hedgerow.people.models import Cluster, Seat
from hedgerow.people.readers import Reader, seat_words

from .contacts import ContactLine, contact_lines

# What a report answers: heading -> question, and what helps to answer it.
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "problem": (
        "What is the problem?",
        (
            "Needed before you hand it in. Tease it out with the staff who do that job in each "
            "member; bring them together if you can."
        ),
    ),
    "staff": (
        "Who does that job in each member, and what do they say?",
        "Roles, not names.",
    ),
    "options": ("What could we do about it?", "Also what you would not choose, and why."),
    "routes": (
        "How could we go about each of these?",
        "Together, in turn, one for all, bought in.",
    ),
    "resources": ("What would it take?", "People, time, money, rooms, skills."),
    "means": ("What of that do we have?", "In which member, and whether it may be used."),
    "levers": (
        "Whom and what outside could help us?",
        "Openings, influence and contacts: offices and organisations.",
    ),
    "time": ("How long would it honestly take?", "Until it works, not until it begins."),
}
assert tuple(QUESTIONS) == Study.HEADINGS


@dataclass(frozen=True, kw_only=True)
class StudyLine:
    """A pair on an idea, as everybody sees it; where the reader may read what they wrote, a link."""

    key: int
    title: str  # of the idea
    held: PromiseLine
    handed_in_on: date | None
    url: str  # of the report, or of the reader's own draft; empty where neither
    is_own: bool  # the reader can write it

    @property
    def stands(self) -> bool:
        """Nobody else has to be asked: it is open, done or handed in."""
        return self.handed_in_on is not None or self.held.let_go_on is None

    @property
    def state(self) -> str:
        if self.handed_in_on:
            return f"Handed in on {day(self.handed_in_on)}"
        return self.held.state

    @property
    def dot(self) -> int:
        return 2 if self.handed_in_on else self.held.dot


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    name: str
    question: str
    said: str


@dataclass(frozen=True, kw_only=True)
class IdeaMore:
    """What an idea's own page says of looking into it."""

    idea: Idea
    studies: tuple[StudyLine, ...]  # the newest first
    contacts: tuple[ContactLine, ...]
    may_name_pair: bool
    may_add_contact: bool


def studies_of(reader: Reader, ideas: Collection[int]) -> Mapping[int, list[StudyLine]]:
    """By the key of the idea, the newest first. Four queries; one where there are none."""
    rows = Study.objects.filter(idea__in=ideas).select_related("idea").defer(*Study.HEADINGS)
    studies = list(rows.order_by("-pk"))
    found: dict[int, list[StudyLine]] = defaultdict(list)
    if not studies:
        return found
    promises = Promise.objects.filter(pk__in=[study.promise_id for study in studies])
    held = {line.key: line for line in promises_from(promises, clock.today())}
    drafts = visible(reader, rules.SEE_DRAFTS).filter(idea__in=ideas, handed_in_at=None)
    own = set(drafts.values_list("pk", flat=True))
    for study in studies:
        found[study.idea_id].append(_line(study, held[study.promise_id], study.pk in own))
    return found


def answers_in(study: Study) -> list[AnswerLine]:
    """Each heading as a question, with what was written; empty where nothing was."""
    return [
        AnswerLine(name=name, question=question, said=getattr(study, name))
        for name, (question, _) in QUESTIONS.items()
    ]


def study_line(reader: Reader, study: Study) -> StudyLine:
    """Four queries."""
    lines = studies_of(reader, [study.idea_id])[study.idea_id]
    return next(line for line in lines if line.key == study.pk)


def handed_in_by(study: Study) -> str:
    return seat_words(study.handed_in_by) if study.handed_in_by else ""


def idea_more(reader: Reader, idea: Idea) -> IdeaMore:
    """Eight queries at most."""
    studies = tuple(studies_of(reader, [idea.pk])[idea.pk])
    is_going_on = idea.is_live and not idea.cluster.ended_at
    return IdeaMore(
        idea=idea,
        studies=studies,
        contacts=tuple(contact_lines(idea.contacts.all())),
        may_name_pair=is_going_on
        and not any(line.stands for line in studies)
        and may(reader, rules.NAME_PAIR, pk=idea.pk),
        may_add_contact=is_going_on and may(reader, rules.ADD_CONTACT, pk=idea.cluster_id),
    )


def can_pair(cluster: Cluster) -> QuerySet[Seat]:
    """Live seats of members: those who can hold the promise and write the report."""
    return can_hold(cluster).filter(role__in=MEMBERS)


def _line(study: Study, held: PromiseLine, is_own: bool) -> StudyLine:
    url = ""
    if study.is_handed_in:
        url = study.get_absolute_url()
    elif is_own:
        url = reverse("focus:write_study", args=[study.pk])
    return StudyLine(
        key=study.pk,
        title=study.idea.title,
        held=held,
        handed_in_on=clock.day_of(study.handed_in_at) if study.handed_in_at else None,
        url=url,
        is_own=is_own,
    )
