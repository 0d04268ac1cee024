"""All that the page about what became of a plan shows."""

from dataclasses import dataclass

from hedgerow.look.words import count, first_up
from hedgerow.people.access import may
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader
from hedgerow.workplans import rules
from hedgerow.workplans.models import Workplan

from .gains import GainLog, gains_in
from .gains_said import SaidTable, said_in
from .progress import Progress, is_begun, progress_in
from .returning import agreed_plan


@dataclass(frozen=True, kw_only=True)
class ProgressPage:
    plan: Workplan | None
    progress: Progress
    log: GainLog
    said: SaidTable
    is_carried_out: bool  # agreed, or its stage was begun
    may_lead: bool
    may_log: bool

    @property
    def lead(self) -> str:
        if self.plan is None:
            return "There is no plan yet. What nobody had planned can be written down all the same."
        if not self.is_carried_out:
            return "The plan is not agreed yet. Once it is, every step is somebody’s promise."
        said = (self.progress.in_short, self.progress.judgement, self._gained)
        return " ".join(filter(None, said))

    @property
    def _gained(self) -> str:
        n = self.log.n
        return f"{first_up(count(n, 'gain'))} came that nobody had planned." if n else ""


def progress_page(reader: Reader, cluster: Cluster) -> ProgressPage:
    """Eighteen queries at most, for a plan of any size."""
    plan = Workplan.objects.filter(cluster=cluster).first()
    agreed = agreed_plan(cluster.pk)
    progress = progress_in([plan.pk])[plan.pk] if plan else Progress()
    goes_on = cluster.ended_at is None
    return ProgressPage(
        plan=plan,
        progress=progress.given_up_since(agreed.submitted_at if agreed else None),
        log=gains_in([cluster.pk])[cluster.pk],
        said=said_in([cluster.pk])[cluster.pk],
        is_carried_out=agreed is not None or is_begun(cluster),
        may_lead=goes_on and may(reader, rules.HAND_IN, pk=cluster.pk),
        may_log=goes_on and may(reader, rules.LOG_GAIN, pk=cluster.pk),
    )


def own_organisations(reader: Reader, cluster: Cluster) -> set[int]:
    return {seat.organisation for seat in reader.in_cluster(cluster.pk) if seat.organisation}
