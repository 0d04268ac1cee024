"""What the invented clusters met about, decided and promised, and what their boards said: done
again through the same actions."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from hedgerow.core.owners import Audience
from hedgerow.core.rooms import Deed
from hedgerow.people.example import Scene
from hedgerow.people.models import Member

from . import actions, ways
from .models import Answer, BoardSays, Channel, Decision, Option, Stance, Voice

Step = Mapping[str, Any]


def _call(scene: Scene, slug: str, step: Step) -> None:
    scene.kept[step["key"]] = actions.call_meeting(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        title="Core Group meeting",
        on=scene.day(step["on"]),
        at=time.fromisoformat(step["at"]),
        minutes=step["minutes"],
        place=step["place"],
        link="",
        social=step["social"],
    )


def _coming(scene: Scene, slug: str, step: Step) -> None:
    actions.answer_meeting(
        by=scene.by(step["by"]),
        meeting=scene.kept[step["meeting"]],
        answer=Answer(step["answer"]),
    )


def _item(scene: Scene, slug: str, step: Step) -> None:
    actions.add_item(
        by=scene.by(step["by"]), meeting=scene.kept[step["meeting"]], words=step["words"]
    )


def _hold(scene: Scene, slug: str, step: Step) -> None:
    """A whole meeting: who came, what was written down, and its end."""
    by, meeting = scene.by(step["by"]), scene.kept[step["meeting"]]
    actions.begin_meeting(by=by, meeting=meeting)
    for came in (True, False):
        for key in step.get("came" if came else "missed", ()):
            actions.note_who_came(by=by, meeting=meeting, seat=scene.seats[key], came=came)
    for words in step["notes"]:
        actions.add_note(by=by, meeting=meeting, words=words)
    actions.end_meeting(by=by, meeting=meeting)


def _propose(scene: Scene, slug: str, step: Step) -> None:
    cluster = scene.clusters[slug]
    way = next(way for way in ways.ways_of(cluster) if way.slug == step["way"])
    scene.kept[step["key"]] = actions.propose(
        by=scene.by(step["by"]),
        cluster=cluster,
        title=step["title"],
        words=step.get("words", ""),
        options=step.get("options", ()),
        way=way,
        closes_on=scene.day(step["closes"]),
        meeting=scene.kept.get(step.get("meeting", "")),
    )


def _vote(scene: Scene, slug: str, step: Step) -> None:
    decision = scene.kept[step["decision"]]
    actions.speak(
        by=scene.by(step["by"]),
        decision=decision,
        stance=Stance(step["stance"]),
        option=_option(decision, step),
        reason=step.get("reason", ""),
        had_to_check_back=step.get("back", False),
    )


def _record_vote(scene: Scene, slug: str, step: Step) -> None:
    decision = scene.kept[step["decision"]]
    actions.record_voice(
        by=scene.by(step["by"]),
        decision=decision,
        organisation=scene.seats[step["for"]].organisation,
        stance=Stance(step["stance"]),
        option=_option(decision, step),
        reason=step.get("reason", ""),
        channel=Channel(step["channel"]),
        had_to_check_back=step.get("back", False),
    )


def _confirm_vote(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    voice = Voice.objects.get(
        decision=scene.kept[step["decision"]], organisation=by.for_organisation, ended_at=None
    )
    actions.confirm_voice(by=by, voice=voice)


def _remark(scene: Scene, slug: str, step: Step) -> None:
    actions.remark(
        by=scene.by(step["by"]), decision=scene.kept[step["decision"]], words=step["words"]
    )


def _decide(scene: Scene, slug: str, step: Step) -> None:
    actions.close(by=scene.by(step["by"]), decision=scene.kept[step["decision"]])


def _reopen(scene: Scene, slug: str, step: Step) -> None:
    scene.kept[step["key"]] = actions.reopen(
        by=scene.by(step["by"]),
        decision=scene.kept[step["decision"]],
        reason=step["reason"],
        closes_on=scene.day(step["closes"]),
    )


def _promise(scene: Scene, slug: str, step: Step) -> None:
    first, *second = (scene.seats[key] for key in step["pair"])
    scene.kept[step["key"]] = actions.promise(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        words=step["words"],
        first=first,
        second=second[0] if second else None,
        alone_because=step.get("alone", ""),
        due_on=scene.day(step["due"]),
        meeting=scene.kept.get(step.get("meeting", "")),
        decision=scene.kept.get(step.get("decision", "")),
    )


def _keep(scene: Scene, slug: str, step: Step) -> None:
    actions.keep(by=scene.by(step["by"]), promise=scene.kept[step["promise"]])


def _move_promise(scene: Scene, slug: str, step: Step) -> None:
    promise = scene.kept[step["promise"]]
    actions.move_promise(
        by=scene.by(step["by"]),
        promise=promise,
        due_on=scene.day(step["to"]),
        reason=step["reason"],
        version=promise.version,
    )


def _board(scene: Scene, slug: str, step: Step) -> None:
    member = Member.objects.get(
        cluster=scene.clusters[slug], organisation=scene.seats[step["by"]].organisation
    )
    said = BoardSays.objects.filter(
        cluster=member.cluster, organisation=member.organisation
    ).first()
    actions.say_board(
        by=scene.by(step["by"]),
        member=member,
        must_agree=step["must"],
        meets_on=_day(scene, step, "meets"),
        answer=step.get("answer", ""),
        answered_on=_day(scene, step, "answered"),
        words=step.get("words", ""),
        audience=Audience(step["audience"]),
        version=said.version if said else 0,
    )


def _option(decision: Decision, step: Step) -> Option | None:
    """The one that is agreed to; a plain proposal has only one."""
    if step["stance"] != Stance.AGREE:
        return None
    return decision.options.get(position=step.get("option", 1))


def _day(scene: Scene, step: Step, name: str) -> Any:
    return scene.day(step[name]) if name in step else None


DEEDS: Mapping[str, Deed] = {
    "call": _call,
    "coming": _coming,
    "item": _item,
    "hold": _hold,
    "propose": _propose,
    "vote": _vote,
    "record_vote": _record_vote,
    "confirm_vote": _confirm_vote,
    "remark": _remark,
    "decide": _decide,
    "reopen": _reopen,
    "promise": _promise,
    "keep": _keep,
    "move_promise": _move_promise,
    "board": _board,
}
