"""A made-up kind of stage and what it leaves: registered here only."""

from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core import rooms
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.core.rooms import Room, StageKind
from hedgerow.journeys import actions, kinds, packs, queries
from hedgerow.journeys.models import StageResult
from hedgerow.journeys.results import Kept, kept, read_back
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Member
from tests.factories import ProgrammeFactory, actor

from .walks import SHORT, walk


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What each organisation said, and a sum that was released."""

    SLUG: ClassVar[str] = "made-up-picture"
    VERSION: ClassVar[int] = 3
    UPGRADERS: ClassVar = {
        1: lambda whole, parts: ({"total": whole["sum"]}, parts),
        2: lambda whole, parts: (whole, {key: {"said": part} for key, part in parts.items()}),
    }

    total: int
    said: dict[int, str]  # by organisation

    def to_json(self):
        return {"total": self.total}, {key: {"said": word} for key, word in self.said.items()}

    @classmethod
    def from_json(cls, whole, parts):
        return cls(total=whole["total"], said={key: part["said"] for key, part in parts.items()})


def _wants(stage):
    return [] if stage.run > 1 or stage.journey.cluster.purpose else ["The picture is not drawn."]


def _drawn(stage):
    """Of every member, and of which run it is."""
    members = Member.objects.filter(
        cluster=stage.journey.cluster, left_at=None, is_second_tier=False
    )
    return Picture(total=stage.run, said={member.organisation_id: "much" for member in members})


GATHERING = StageKind(
    slug="gathering",
    name="Gathering in a room of its own",
    page="journeys:stage",
    gives=Picture,
    leaves=_drawn,
    exit_test=_wants,
)
FOCUS = StageKind(
    slug="focus", name="Focus", page="journeys:stage", takes=(Picture,), exit_test=lambda stage: []
)


# Finding the focus is no checklist here, and takes what gathering leaves.
WANTING = SHORT.replace("choose.\n    checklist: true\n", "choose.\n")
# Gathering is none either: its room ends it.
ROOMY = WANTING.replace("answers.\n    checklist: true\n", "answers.\n")


@pytest.fixture
def room(monkeypatch):
    """In the place of whatever room gathers."""
    monkeypatch.delitem(rooms._rooms, "diagnostics", raising=False)
    monkeypatch.setitem(rooms._rooms, "made_up", Room(name="made_up", kinds=(GATHERING, FOCUS)))


pictures = st.builds(
    Picture,
    total=st.integers(),
    said=st.dictionaries(st.integers(min_value=1), st.text(), max_size=6),
)


@given(pictures)
def test_what_is_kept_is_read_back_the_same(picture):
    assert read_back(Picture, kept(picture), members=set(picture.said)) == picture


@given(pictures, st.sets(st.integers(min_value=1)))
def test_what_came_from_others_than_members_is_not_read(picture, members):
    read = read_back(Picture, kept(picture), members=members)

    assert set(read.said) == set(picture.said) & members
    assert read.total == picture.total


@given(pictures)
def test_an_older_version_is_read_as_if_it_were_new(picture):
    first = Kept(
        kind=Picture.SLUG,
        version=1,
        whole={"sum": picture.total},
        parts={str(key): word for key, word in picture.said.items()},
    )

    assert read_back(Picture, first, members=set(picture.said)) == picture


def test_what_a_newer_hedgerow_kept_is_not_guessed_at():
    newer = Kept(kind=Picture.SLUG, version=4, whole={"total": 1}, parts={})

    with pytest.raises(LookupError, match="made up picture was kept by a newer Hedgerow"):
        read_back(Picture, newer, members=())


def _walk_to_gathering():
    w = walk(text=ROOMY)
    w.close()
    w.team.cluster.purpose = "Drawn"
    w.team.cluster.save()
    return w, {organisation.pk: "much" for organisation in w.team.organisations}


@pytest.mark.django_db
def test_a_rooms_own_exit_test_holds_and_ticks_stay_as_evidence(room):
    w = walk(text=ROOMY)
    w.close()
    assert kinds.still_missing(w.open_stage) == ["The picture is not drawn."]
    w.tick_all()

    with pytest.raises(Refused, match="The picture is not drawn"):
        actions.close_stage(by=w.core, stage=w.open_stage)

    (line,) = queries.exit_test_lines(w.open_stage)
    assert line.tick.evidence == "Agreed at our meeting."


@pytest.mark.django_db
def test_a_stage_that_is_a_checklist_stays_one_when_its_room_comes(room):
    w = walk(text=ROOMY)
    w.close()
    w.journey.stages.filter(position=2).update(is_checklist=True)

    assert kinds.still_missing(w.open_stage) == ["Not ticked yet: All have answered."]
    assert kinds.kind_of(w.open_stage).gives is None


@pytest.mark.django_db
def test_a_stage_leaves_its_result_to_later_ones(room):
    w, said = _walk_to_gathering()
    with pytest.raises(LookupError, match="closed with a made up picture yet"):
        queries.result_of(w.journey, Picture)

    actions.close_stage(by=w.core, stage=w.open_stage)

    assert queries.result_of(w.journey, Picture) == Picture(total=1, said=said)


@pytest.mark.django_db
def test_a_stage_that_gives_something_does_not_close_with_nothing(room, monkeypatch):
    nothing = replace(GATHERING, leaves=lambda stage: None)
    monkeypatch.setitem(rooms._rooms, "made_up", Room(name="made_up", kinds=(nothing, FOCUS)))
    w, _ = _walk_to_gathering()

    with pytest.raises(AssertionError, match="gathering gives"):
        actions.close_stage(by=w.core, stage=w.open_stage)


@pytest.mark.django_db
def test_the_newest_run_is_what_later_stages_read(room):
    w, _ = _walk_to_gathering()
    actions.close_stage(by=w.core, stage=w.open_stage)
    actions.go_back(by=w.core, stage=w.open_stage, to_position=2, reason="Prices were missing.")
    assert queries.result_of(w.journey, Picture).total == 1

    actions.close_stage(by=w.core, stage=w.open_stage)

    assert queries.result_of(w.journey, Picture).total == 2
    assert StageResult.objects.count() == 2


@pytest.mark.django_db
def test_what_stands_is_what_the_newest_run_would_leave_today(room):
    w, said = _walk_to_gathering()
    assert queries.standing(w.journey, Picture) == Picture(total=1, said=said)
    actions.close_stage(by=w.core, stage=w.open_stage)
    actions.go_back(by=w.core, stage=w.open_stage, to_position=2, reason="Prices were missing.")
    gone = w.team.organisations[1]
    Member.objects.filter(organisation=gone).delete()

    left = queries.standing(w.journey, Picture)

    assert left == Picture(total=2, said={key: "much" for key in said if key != gone.pk})
    assert queries.result_of(w.journey, Picture).total == 1


@pytest.mark.django_db
def test_nothing_stands_before_its_stage_has_begun_in_its_room(room):
    w = walk(text=ROOMY)
    with pytest.raises(LookupError, match="has begun on a made up picture yet"):
        queries.standing(w.journey, Picture)
    w.close()
    assert queries.standing(w.journey, Picture).total == 1

    w.journey.stages.filter(kind="gathering").update(is_checklist=True)

    with pytest.raises(LookupError, match="has begun on a made up picture yet"):
        queries.standing(w.journey, Picture)


@pytest.mark.django_db
def test_nothing_stands_that_no_room_gives(room, monkeypatch):
    w, _ = _walk_to_gathering()
    monkeypatch.delitem(rooms._rooms, "made_up")

    with pytest.raises(LookupError, match="has begun on a made up picture yet"):
        queries.standing(w.journey, Picture)


@pytest.mark.django_db
def test_who_leaves_is_out_of_the_picture_at_once_and_can_be_for_good(room):
    w, _ = _walk_to_gathering()
    actions.close_stage(by=w.core, stage=w.open_stage)
    gone = w.team.organisations[1]

    leave_cluster(by=actor(w.team.second), member=Member.objects.get(organisation=gone))

    assert gone.pk not in queries.result_of(w.journey, Picture).said
    assert str(gone.pk) in StageResult.objects.get().parts
    assert actions.drop_parts(by=w.core, organisation=gone, cluster=w.team.cluster) == 1
    assert str(gone.pk) not in StageResult.objects.get().parts
    assert actions.drop_parts(by=w.core, organisation=gone, cluster=w.team.cluster) == 0
    assert Event.objects.filter(did="journeys.parts_dropped").count() == 1


def _stages(text):
    pack, faults = packs.read_programme_pack(text, name="short")
    assert not faults
    return pack.stages


def test_a_design_in_which_nothing_gives_what_a_stage_takes_has_a_gap(room):
    stages = _stages(ROOMY.format(version=1))
    assert kinds.gaps(stages) == []

    (gap,) = kinds.gaps([stage for stage in stages if stage.kind != "gathering"])

    assert gap == (
        "“Finding the focus” needs a made up picture, and no stage before it gives one. Let an "
        "earlier stage run in its room, or write “checklist: true” at this one."
    )


def test_a_stage_run_as_a_checklist_gives_nothing(room):
    text = WANTING.format(version=1)

    assert len(kinds.gaps(_stages(text))) == 1


@pytest.mark.django_db
def test_a_design_with_a_gap_is_not_loaded(room):
    text = WANTING.format(version=1)

    with pytest.raises(Refused, match="needs a made up picture"):
        actions.load_design(by=Actor.command(), programme=ProgrammeFactory(), text=text)


@pytest.mark.django_db
def test_a_design_that_was_loaded_before_a_room_wanted_more_is_the_same_design_still(
    room, monkeypatch
):
    programme, text = ProgrammeFactory(), WANTING.format(version=1)
    wanting_nothing = Room(name="made_up", kinds=(replace(FOCUS, takes=()),))
    with monkeypatch.context() as before:
        before.setitem(rooms._rooms, "made_up", wanting_nothing)
        loaded = actions.load_design(by=Actor.command(), programme=programme, text=text)

    assert actions.load_design(by=Actor.command(), programme=programme, text=text) == loaded


def test_every_kind_that_is_registered_is_one_of_the_six():
    assert set(rooms.kinds()) <= set(packs.STAGE_KINDS)


def test_every_result_that_is_registered_can_be_kept():
    given = {kind.gives for kind in rooms.kinds().values() if kind.gives} | {Picture}

    for result in given:
        assert len(result.SLUG) <= 40
        assert set(result.UPGRADERS) == set(range(1, result.VERSION))
