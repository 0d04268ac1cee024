"""The return: once for the whole cluster, made from what stands in its plan, its account and its
log of gains."""

from collections.abc import Mapping

from hedgerow.agreements.actions.speakers import said as in_full
from hedgerow.agreements.actions.speakers import seat_in, write_down
from hedgerow.core.actions import Refused, Stale, action
from hedgerow.core.actors import Actor
from hedgerow.journeys.actions.stages import locked_journey
from hedgerow.journeys.actions.submissions import submit
from hedgerow.journeys.models import Journey, Submission, SubmissionKind
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster
from hedgerow.workplans.queries.returning import ReturnNow, return_page, with_words

MOST_WORDS = 1000  # characters, on what changed since one that was sent back


@action
def hand_in_return(
    *, by: Actor, cluster: Cluster, said: Mapping[int, str], words: str, digest: str
) -> Submission:
    """`said`: under each heading of the programme, by its key. `digest`: of what was read. Raises
    Stale where something in it has changed since, and Refused while one waits or is accepted."""
    journey = Journey.objects.filter(cluster=cluster).first()
    if journey is None:
        raise Refused(f"{cluster} has not begun its journey, so there is nothing to return yet.")
    journey = locked_journey(journey)
    refuse_published(by, journey.cluster)
    seat_in(by, journey.cluster)
    page = return_page(journey.cluster)
    if page is None or page.agreed is None:
        raise Refused("The plan has not been agreed yet, so there is nothing to return.")
    if not page.stands:  # else submit says when and by whom it was handed in
        _check(page, said, digest)
    submission = submit(
        by=by,
        journey=journey,
        kind=SubmissionKind.RETURN,
        result=with_words(page.found, page.headings, said),
        words=in_full(words, most=MOST_WORDS),
    )
    write_down(
        "workplans.return_handed_in",
        by=by,
        to=submission,
        cluster=journey.cluster_id,
        number=submission.number,
        objectives=len(page.found.objectives),
        gains=len(page.found.gains),
    )
    return submission


def _check(page: ReturnNow, said: Mapping[int, str], digest: str) -> None:
    if set(said) != {one.pk for one in page.headings}:
        raise Stale(
            "The programme has changed what a return has to say. Its headings are shown as they "
            "are now; what you wrote under the others is not lost."
        )
    if digest != page.digest:
        raise Stale(
            "Something in the plan, the account or the gains changed while you were reading. It is "
            "shown as it stands now; look again, and hand it in if it is right. Your words are "
            "kept."
        )
    for one in page.headings:
        told = said[one.pk].strip()
        if not told:
            raise Refused(f"Write something under “{one}”. A sentence is enough.")
        if len(told) > one.most:
            raise Refused(
                f"Under “{one}” stand {len(told):,} characters; {one.most:,} are the most. "
                "Shorten it."
            )
