"""Looking into two ideas in the own cluster of a scene, as rows: one report handed in, one not;
whom to ask, and a focus put to the vote."""

from datetime import date, datetime, timedelta

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.models import Decision, Promise
from hedgerow.agreements.ways import shipped_ways
from hedgerow.core import clock
from hedgerow.focus.models import Adopted, Adoption, Contact, ContactKind, Idea, Study
from hedgerow.people.models import Seat
from tests.factories import Scene, Team, actor

from .scenes_ideas import idea_of


def study_of(
    own: Team,
    idea: Idea,
    *,
    first: Seat | None = None,
    second: Seat | None = None,
    due_on: date | None = None,
    **words: str,
) -> Study:
    """A draft of the Core Group members of the first and the second organisation, due in a week,
    unless others are told."""
    promise = Promise.objects.create(
        cluster=own.cluster,
        words=f"Look into {idea.title}",
        first=first or own.core,
        second=second or own.second,
        first_due_on=due_on or clock.today() + timedelta(days=7),
        due_on=due_on or clock.today() + timedelta(days=7),
        made_by=own.facilitator,
        made_at=clock.now(),
    )
    return Study.objects.create(
        idea=idea, promise=promise, changed_at=clock.now() if words else None, **words
    )


def handed_in(
    study: Study, problem: str = "Two people do it by hand.", *, at: datetime | None = None
) -> Study:
    study.problem = study.problem or problem
    study.handed_in_at, study.handed_in_by = at or clock.now(), study.promise.first
    study.save()
    return study


def adoption_of(own: Team, ideas: list[Idea]) -> Adoption:
    """Put to the vote by the Core Group member of the first organisation."""
    row = Adoption.objects.create(cluster=own.cluster, decision=_put_to_the_vote(own))
    for position, idea in enumerate(ideas, start=1):
        row.items.create(idea=idea, position=position, title=idea.title)
    return row


def carried(adoption: Adoption) -> Adoption:
    """As the clock closes it, everybody having agreed."""
    Decision.objects.filter(pk=adoption.decision_id).update(
        closed_at=clock.now(), outcome="carried"
    )
    adoption.decision.refresh_from_db()
    return adoption


def _put_to_the_vote(own: Team) -> Decision:
    return agreements.propose(
        by=actor(own.core),
        cluster=own.cluster,
        title="Our focus",
        words="We talked it through.",
        options=[],
        way=shipped_ways()[0],
        closes_on=clock.today() + timedelta(days=7),
    )


# --- one of each


def _once(scene: Scene, title: str) -> Idea:
    found = Idea.objects.filter(cluster=scene.cluster, title=title).first()
    return found or idea_of(scene.own, title)


def draft(scene: Scene) -> Study:
    idea = _once(scene, "A shared workshop")
    return idea.studies.first() or study_of(scene.own, idea)


def report(scene: Scene) -> Study:
    idea = _once(scene, "A shared van")
    return idea.studies.first() or handed_in(study_of(scene.own, idea))


def contact(scene: Scene) -> Contact:
    return Contact.objects.create(
        cluster=scene.cluster,
        kind=ContactKind.PERSON,
        words="The council’s payroll manager",
        by=scene.own.core,
        at=clock.now(),
    )


def adoption(scene: Scene) -> Adoption:
    found = Adoption.objects.filter(cluster=scene.cluster).first()
    return found or adoption_of(scene.own, [_once(scene, "A shared van")])


def adopted(scene: Scene) -> Adopted:
    return adoption(scene).items.get()


SCENES = {
    "focus.Study": draft,
    "focus.SEE_STUDIES": report,
    "focus.Contact": contact,
    "focus.Adoption": adoption,
    "focus.Adopted": adopted,
}
