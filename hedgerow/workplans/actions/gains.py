"""What came of it that nobody had planned: one line when it happens, and what each member says at
the end that it gained."""

from collections.abc import Sequence
from datetime import date, timedelta

from hedgerow.agreements.actions.speakers import said, seat_in, write_down
from hedgerow.agreements.actions.words import (
    Put,
    Speaker,
    confirmed,
    own_speaker,
    put,
    recorded_speaker,
    undone,
)
from hedgerow.agreements.models import Channel
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Cluster, Member, Organisation
from hedgerow.workplans.models import Gainer, GainKind, GainsSaid, UnplannedGain, Workplan

LONGEST_LINE = 300  # characters
LONGEST_OTHERS = 160
MOST_EVIDENCE = MOST_BECAUSE = MOST_SAID = 1000
_LONG_AGO = timedelta(days=10 * 366)  # a day before that is a slip of the pen
_TOO_MUCH = 10**13  # pence; as in units.read_pounds


@action
def log_gain(
    *,
    by: Actor,
    cluster: Cluster,
    words: str,
    kind: str,
    on: date,
    members: Sequence[Organisation],
    others: str = "",
    evidence: str = "",
    pence: int | None = None,
) -> UnplannedGain:
    """One line, when it happens. `pence`: what it is worth, which wants its evidence; None: nobody
    has put a value on it, and none is needed."""
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    words, others = words.strip(), others.strip()
    refuse_unseen(words, others)
    if not words:
        raise Refused("Say in a line what was gained.")
    evidence = said(evidence, most=MOST_EVIDENCE)
    _check_day(on)
    _check_worth(pence, evidence)
    keys = _members_here(cluster, members)
    if not keys and not others:
        raise Refused("Say who gained: choose a member, or write who else it was.")
    gain = UnplannedGain.objects.create(
        cluster=cluster,
        words=said(words, most=LONGEST_LINE),
        kind=GainKind(kind).value,
        on=on,
        others=said(others, most=LONGEST_OTHERS),
        evidence=evidence,
        pence=pence,
        by=seat,
        at=clock.now(),
    )
    Gainer.objects.bulk_create(Gainer(gain=gain, organisation_id=key) for key in keys)
    write_down("workplans.gain_logged", by=by, to=gain, cluster=cluster.pk, kind=gain.kind)
    return gain


@action
def take_back_gain(*, by: Actor, gain: UnplannedGain, because: str) -> UnplannedGain:
    """It is counted no more. The line stays to be read, with the reason."""
    cluster = going_on(locked(gain.cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    gain = locked(gain)
    if gain.taken_back_at:
        raise Refused(
            f"This was taken back on {day(gain.taken_back_at)}. If it holds after all, write it "
            "down again."
        )
    because = said(because, most=MOST_BECAUSE)
    if not because:
        raise Refused("Say why it is taken back; the reason stays beside it.")
    gain.taken_back_because, gain.taken_back_by, gain.taken_back_at = because, seat, clock.now()
    gain.save(update_fields=["taken_back_because", "taken_back_by", "taken_back_at"])
    write_down("workplans.gain_taken_back", by=by, to=gain, cluster=cluster.pk)
    return gain


@action
def say_gains(*, by: Actor, workplan: Workplan, has_nothing: bool, words: str) -> GainsSaid:
    """What one's own organisation gained from it all, planned or not, or that it has nothing to
    add. What it said before is kept, and counts no more."""
    plan = _open(by, workplan)
    speaker = own_speaker(by, plan.cluster, Channel.PAGE)
    done = _put(plan, speaker, has_nothing, words)
    if done.is_new:
        did = "workplans.gains_changed" if done.before else "workplans.gains_said"
        _record(did, by, done.word)
    return done.word


@action
def record_gains(
    *,
    by: Actor,
    workplan: Workplan,
    organisation: Organisation,
    has_nothing: bool,
    words: str,
    channel: str,
) -> GainsSaid:
    """Write down what a member said by telephone, on paper or at the table. It counts, and waits
    for them to confirm it or undo it."""
    plan = _open(by, workplan)
    speaker = recorded_speaker(by, plan.cluster, organisation, channel)
    done = _put(plan, speaker, has_nothing, words)
    if done.is_new:
        _record("workplans.gains_recorded", by, done.word)
    return done.word


@action
def confirm_gains(*, by: Actor, said: GainsSaid) -> GainsSaid:
    """What was written down for one's organisation is right."""
    plan = _open(by, said.workplan)
    done = confirmed(by, plan.cluster, said)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record("workplans.gains_confirmed", by, done.word)
    return done.word


@action
def undo_gains(*, by: Actor, said: GainsSaid) -> GainsSaid:
    """Take out what was written down for one's organisation; it has said nothing until it does."""
    plan = _open(by, said.workplan)
    word = undone(by, plan.cluster, said)
    _record("workplans.gains_undone", by, word)
    return word


def _open(by: Actor, workplan: Workplan) -> Workplan:
    """Locked, after its cluster, so that two words of one member come one after the other."""
    cluster = going_on(locked(workplan.cluster))
    refuse_published(by, cluster)
    plan = locked(workplan)
    plan.cluster = cluster
    return plan


def _put(plan: Workplan, speaker: Speaker, has_nothing: bool, words: str) -> Put[GainsSaid]:
    words = said(words, most=MOST_SAID)
    if has_nothing and words:
        raise Refused(
            "You wrote what was gained and said that there is nothing to add. Leave one of the two."
        )
    if not has_nothing and not words:
        raise Refused("Say what was gained, or that there is nothing to add: that helps too.")
    done = put(
        GainsSaid,
        speaker,
        about={"workplan": plan},
        said={"has_nothing": has_nothing, "words": words},
    )
    if not done.is_new:
        nothing_to_do()
    return done


def _check_day(on: date) -> None:
    today = clock.today()
    if on > today:
        raise Refused(f"{day(on)} has not come yet. Write it down when it has happened.")
    if on < today - _LONG_AGO:
        raise Refused(f"{day(on)} is more than ten years ago. Check the year.")


def _check_worth(pence: int | None, evidence: str) -> None:
    if pence is None:
        return
    if pence <= 0:
        raise Refused("What is gained is worth more than nothing. Leave the worth empty instead.")
    if pence >= _TOO_MUCH:
        raise Refused("This is more than Hedgerow can hold. Check the number.")
    if not evidence:
        raise Refused("Say what shows that it is worth this, or leave the worth empty.")


def _members_here(cluster: Cluster, members: Sequence[Organisation]) -> list[int]:
    """Raises Refused for one that is no member."""
    here = Member.objects.filter(cluster=cluster, left_at=None)
    keys = set(here.values_list("organisation", flat=True))
    for one in members:
        if one.pk not in keys:
            raise Refused(
                f"{one} is not a member of {cluster}. If they gained, write them among the others."
            )
    return list(dict.fromkeys(one.pk for one in members))


def _record(did: str, by: Actor, word: GainsSaid) -> None:
    write_down(
        did,
        by=by,
        to=word,
        cluster=word.workplan.cluster_id,
        organisation=word.organisation_id,
    )
