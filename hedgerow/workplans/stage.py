"""Making the workplan, and taking it forward: what is still missing, and what each leaves."""

from hedgerow.analysis.focus import Focus
from hedgerow.analysis.workplan import Workplan
from hedgerow.core.rooms import StageKind
from hedgerow.journeys.models import Stage, SubmissionKind
from hedgerow.journeys.queries.submissions import plan_in, submissions_in

from .actions.progress import take_up_all
from .queries.parts import CARRYING, PLANNING, still_missing
from .queries.plans import plan_now, plan_of

MAKING = "workplans:making"
CARRYING_OUT = "workplans:carrying_out"


def plan_left(stage: Stage) -> Workplan:
    """The plan as the programme agreed it; where it agreed none, as it stands. Raises LookupError
    where there is none."""
    cluster = stage.journey.cluster
    handed_in = submissions_in([cluster.pk], SubmissionKind.PLAN)[cluster.pk]
    agreed = [one for one in handed_in if one.is_agreed]
    if agreed:
        return plan_in(agreed[-1])
    plan = plan_of(cluster)
    if plan is None:
        raise LookupError("This cluster has begun no plan yet.")
    return plan_now(plan)


KINDS = (
    StageKind(
        slug=PLANNING,
        name="Making the workplan",
        page=MAKING,
        takes=(Focus,),
        gives=Workplan,
        leaves=plan_left,
        exit_test=still_missing,
    ),
    StageKind(
        slug=CARRYING,
        name="Taking it forward",
        page=CARRYING_OUT,
        takes=(Workplan,),
        begins=take_up_all,
        exit_test=still_missing,
    ),
)
