"""What each member's board says, as far as the reader may know."""

from collections.abc import Collection
from dataclasses import dataclass

from hedgerow.agreements import rules
from hedgerow.agreements.models import BoardAnswer, BoardSays
from hedgerow.core.owners import Audience
from hedgerow.look.words import day
from hedgerow.people.access import MEMBERS, visible
from hedgerow.people.models import Cluster, Member, Role
from hedgerow.people.readers import Reader

# What each step means, in one sentence.
MEANS = {
    Audience.ONLY_US: "The people of our organisation who have a seat in this cluster.",
    Audience.FACILITATOR: "They, and the facilitator of the cluster.",
    Audience.CLUSTER: "They, and the Core Group members and deputies of the other members.",
}

# Alike for a board of which nothing was said, and for one that is kept: not showing tells nothing.
NOTHING_SHOWN = "Shows nothing here."


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    member: int
    organisation: str
    is_own: bool
    may_say: bool
    sentence: str
    dot: int
    words: str  # what it added
    audience: str  # empty where nothing was said, or nothing is shown
    is_shown: bool  # the reader sees what was said


def board_lines(reader: Reader, cluster: Cluster) -> list[BoardLine]:
    """The reader's own first, then the others by name. Three queries."""
    members = Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False)
    shown = {
        board.organisation_id: board
        for board in visible(reader, rules.SEE_BOARDS).filter(cluster=cluster)
    }
    sayable = visible(reader, rules.SAY_BOARD).filter(cluster=cluster)
    keys = set(sayable.values_list("pk", flat=True))
    own = {seat.organisation for seat in reader.in_cluster(cluster.pk) if seat.role in MEMBERS}
    lines = [
        _line(member, shown.get(member.organisation_id), member.organisation_id in own, keys)
        for member in members.select_related("organisation").order_by("organisation__name", "pk")
    ]
    return sorted(lines, key=lambda line: not line.is_own)


def board_of(member: Member) -> BoardSays | None:
    """One query."""
    return BoardSays.objects.filter(
        cluster=member.cluster_id, organisation=member.organisation_id
    ).first()


def own_boards(reader: Reader, clusters: Collection[int]) -> dict[tuple[int, int], BoardSays]:
    """What the boards of the reader's Core Group seats said, by cluster and organisation. One
    query."""
    own = {seat.organisation for seat in reader.seats if Role.CORE in seat.roles}
    rows = BoardSays.objects.filter(cluster__in=clusters, organisation__in=own)
    return {(row.cluster_id, row.organisation_id): row for row in rows}


def sentence_of(board: BoardSays) -> str:
    if not board.must_agree:
        return "The board need not agree."
    if board.answer:
        assert board.answered_on
        did = "agreed" if board.answer == BoardAnswer.AGREED else "did not agree"
        return f"The board {did}, on {day(board.answered_on)}."
    if board.meets_on:
        return f"The board must agree. It meets on {day(board.meets_on)}."
    return "The board must agree. When it meets is not known yet."


def _line(member: Member, board: BoardSays | None, is_own: bool, sayable: set[int]) -> BoardLine:
    if board is None:
        sentence = "You have not said yet." if is_own else NOTHING_SHOWN
    else:
        sentence = sentence_of(board)
    return BoardLine(
        member=member.pk,
        organisation=member.organisation.name,
        is_own=is_own,
        may_say=member.pk in sayable,
        sentence=sentence,
        dot=_dot(board),
        words=board.words if board else "",
        audience=board.audience if board and is_own else "",
        is_shown=board is not None,
    )


def _dot(board: BoardSays | None) -> int:
    """For the sign beside it."""
    if board is None:
        return 0
    if board.answer == BoardAnswer.NOT_AGREED:
        return 3
    return 2 if board.answer or not board.must_agree else 1
