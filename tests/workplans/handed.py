"""A plan that can be handed in, with its budget, on a stage that ends as the shipped design has it."""

from dataclasses import dataclass

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.models import BoardSays
from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.journeys.models import Answered, ExitTest, Journey, Stage, Submission
from hedgerow.journeys.packs import load_programme_pack
from hedgerow.journeys.queries.submissions import digest_of
from hedgerow.people.models import Seat
from hedgerow.workplans.actions.handing_in import hand_in
from hedgerow.workplans.queries.plans import plan_now
from tests.factories import Team, actor
from tests.focus.found import handed_in, pair_on, proposed, voted
from tests.focus.scenes_ideas import idea_of
from tests.focus.scenes_shortlisting import shortlist_of

from .budgeted import AWARD, Budgeted
from .planned import planned


@dataclass(frozen=True, kw_only=True)
class Handed:
    """Everything that a plan needs, and what handing it in takes."""

    b: Budgeted

    @property
    def own(self) -> Team:
        return self.b.own

    @property
    def journey(self) -> Journey:
        return self.b.p.journey

    @property
    def stage(self) -> Stage:
        return self.b.p.stage

    @property
    def digest(self) -> str:
        """Of what stands in the plan now."""
        return digest_of(plan_now(self.b.p.fresh()))

    def hands_in(
        self, *, seat: Seat | None = None, words: str = "", digest: str = ""
    ) -> Submission:
        return hand_in(
            by=actor(seat or self.own.core),
            cluster=self.b.p.cluster,
            words=words,
            digest=digest or self.digest,
        )

    def is_sent_back(self, words: str = "Say how you will know.") -> Submission:
        return self.b.is_answered(Answered.RETURNED, words)

    def is_agreed(self) -> Submission:
        return self.b.is_answered(Answered.AGREED)

    def says_board(
        self,
        seat: Seat,
        *,
        must_agree: bool = False,
        answer: str = "",
        audience: Audience = Audience.CLUSTER,
    ) -> None:
        board_says(self.own, seat, must_agree=must_agree, answer=answer, audience=audience)

    def all_boards_say(self) -> None:
        for seat in (self.own.core, self.own.second, self.own.third):
            self.says_board(seat)

    def finds_focus(self) -> None:
        """A shortlist of one, that was looked into, and decided on."""
        idea = idea_of(self.own)
        shortlist_of(self.own, [idea])
        pair_on(self.own, idea)
        handed_in(self.own.core, idea.studies.get())
        voted(self.own, proposed(self.own, idea))


def board_says(
    own: Team,
    seat: Seat,
    *,
    must_agree: bool = False,
    answer: str = "",
    audience: Audience = Audience.CLUSTER,
) -> None:
    before = BoardSays.objects.filter(cluster=own.cluster, organisation=seat.organisation).first()
    agreements.say_board(
        by=actor(seat),
        member=own.cluster.members.get(organisation=seat.organisation),
        must_agree=must_agree,
        meets_on=None,
        answer=answer,
        answered_on=clock.today() if answer else None,
        words="",
        audience=audience,
        version=before.version if before else 0,
    )


def ready(*, own: Team | None = None) -> Handed:
    """Nothing keeps it from being handed in."""
    b = Budgeted(p=planned(own=own))
    b.begins()
    b.adds("A trainer", AWARD - 500_00)
    b.adds(
        "Laptops",
        500_00,
        kind="levelling_up",
        category="equipment",
        member=b.own.organisations[1],
    )
    return Handed(b=b)


def ends_as_shipped(stage: Stage, pack: str = "collaborate-2") -> Stage:
    """With the sentences of a shipped design."""
    stage.exit_tests.all().delete()
    plan = next(one for one in load_programme_pack(pack).stages if one.kind == stage.kind)
    ExitTest.objects.bulk_create(
        ExitTest(
            stage=stage,
            position=position,
            slug=test.slug,
            sentence=test.sentence,
            hint=test.evidence,
        )
        for position, test in enumerate(plan.exit_tests, 1)
    )
    return stage
