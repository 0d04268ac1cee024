"""A plan that the own cluster of a scene handed in, as a row."""

from datetime import date

from hedgerow.analysis.workplan import Objective, Workplan
from hedgerow.core import clock
from hedgerow.journeys.models import Design, Journey, Submission
from hedgerow.units import Pence
from tests.factories import Scene


def small_plan() -> Workplan:
    return Workplan(
        summary="We learn together.",
        meetings="Monthly.",
        meeting_days=(),
        award=Pence(1_500_000),
        members=(),
        boards_needed=0,
        boards_agreed=0,
        objectives=(
            Objective(
                number=1,
                title="All of us train together",
                for_whom="Our workers",
                judged_how="We count who came.",
                judged_on=date(2027, 3, 1),
                theme="",
                strand="main",
                found="Courses in other towns.",
                stands_behind="The council’s own.",
                differs="They are here.",
            ),
        ),
        steps=(),
        lines=(),
    )


def submission(scene: Scene) -> Submission:
    found = Submission.objects.filter(journey__cluster=scene.cluster).first()
    whole, _ = small_plan().to_json()
    return found or Submission.objects.create(
        journey=_journey(scene),
        kind="plan",
        number=1,
        shape=Workplan.VERSION,
        whole=whole,
        digest="d",
        submitted_by=scene.own.core,
        submitted_at=clock.now(),
    )


def _journey(scene: Scene) -> Journey:
    found = Journey.objects.filter(cluster=scene.cluster).first()
    return found or Journey.objects.create(
        cluster=scene.cluster,
        started_on=clock.today(),
        design=Design.objects.create(
            programme=scene.programme,
            pack="none",
            version=1,
            text="",
            digest="",
            loaded_at=clock.now(),
        ),
    )


SCENES = {"journeys.Submission": submission}
