"""What is secret stays so: the same pages are asked for twice, with other votes and other words in
between, and read alike to everybody but those whose they are.

A page that tells a secret in any way, by a word, a number, an order or a missing line, differs.
"""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from hedgerow.agreements.actions import say_board
from hedgerow.agreements.models import BoardSays
from hedgerow.core import clock
from hedgerow.core.models import Event, Mail
from hedgerow.core.owners import Audience
from hedgerow.focus import urls
from hedgerow.focus.actions import sharing, shortlisting, studies, voting
from hedgerow.focus.models import Ballot, RedSpot, ShareBallot, Study
from hedgerow.front import digest
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.diagnostics.scenes_rounds import member_of
from tests.factories import (
    MemberFactory,
    SeatFactory,
    actor,
    signed_in,
    through_the_glass,
)
from tests.front.pages import html_of, text_of

from .polled import begun, next_round, open_round, spots
from .scenes_ideas import gain_of, long_list
from .scenes_sharing import share_out_of
from .scenes_shortlisting import shortlist_of

pytestmark = pytest.mark.django_db

CANARY = re.compile("canary-[a-z]+", re.IGNORECASE)
NO_PAGE = 405
DRAFT = ("study", "write_study", "hand_in_study")
FIRST, OTHER = "Canary-first", "Canary-other"  # words, and what is put in their place


class World:
    """The secrets of the first organisation, put there by the actions: a board that keeps to
    itself, marks, a draft that it writes with the second, and its word in an open round."""

    def __init__(self, s, stage):
        self.s, own, core = s, s.own, actor(s.own.core)
        self.ideas = long_list(own)
        self.row = begun(s)
        if stage == "votes":
            spots(self.row, s)
            next_round(self.row, s)
        self.round = open_round(self.row)
        self.candidates = list(self.row.candidates.all())
        if stage == "spots":
            self.word = voting.use_red_spot(
                by=core, round=self.round, candidate=self.candidates[0], reason=FIRST
            )
        else:
            votes = {self.candidates[0].pk: 7, self.candidates[1].pk: 3}
            self.word = voting.cast_ballot(by=core, round=self.round, votes=votes)
        self.share_out = share_out_of(own)
        self.marks = sharing.mark(
            by=core, share_out=self.share_out, points={self.share_out.options.first().pk: 5}
        )
        self.shortlist = shortlist_of(own, self.ideas[:2])
        gain_of(self.ideas[0], own.core)
        self.study = studies.name_pair(
            by=actor(own.facilitator),
            idea=self.ideas[0],
            first=own.core,
            second=own.second,
            due_on=clock.today() + timedelta(days=7),
        )
        self.study = studies.keep_study(
            by=core,
            study=self.study,
            version=self.study.version,
            headings={"problem": FIRST, "levers": FIRST},
        )
        self.board = say_board(
            by=core,
            member=member_of(own.core),
            must_agree=True,
            meets_on=clock.today(),
            answer="",
            answered_on=None,
            words=FIRST,
            audience=Audience.ONLY_US,
            version=0,
        )

    def tell_otherwise(self):
        """As if all of it had been said so from the beginning."""
        second, third = self.candidates[2:4]
        words = type(self.word).objects.filter(pk=self.word.pk)
        if isinstance(self.word, RedSpot):
            words.update(candidate=third, reason=OTHER)
        else:
            words.update(first=second, n_first=1, second=third, n_second=9)
        last = self.share_out.options.last()
        ShareBallot.objects.filter(pk=self.marks.pk).update(points={str(last.pk): 1})
        BoardSays.objects.filter(pk=self.board.pk).update(
            must_agree=False, meets_on=None, words=OTHER
        )
        Study.objects.filter(pk=self.study.pk).update(
            problem=OTHER, levers="", routes=OTHER, changed_at=None
        )

    def keys(self):
        """Of each model that an address of the room can be about."""
        return {
            "people.Cluster": [self.s.cluster.pk],
            "focus.Idea": [self.ideas[0].pk],
            "focus.Gain": [gain.pk for gain in self.ideas[0].gains.all()],
            "focus.Shortlisting": [self.row.pk],
            "focus.Candidate": [self.candidates[0].pk],
            "focus.Round": [round.pk for round in self.row.rounds.all()],
            "focus.RedSpot": [spot.pk for spot in RedSpot.objects.all()],
            "focus.Ballot": [ballot.pk for ballot in Ballot.objects.all()],
            "focus.Shortlist": [self.shortlist.pk],
            "focus.ShareOut": [self.share_out.pk],
            "focus.ShareBallot": [self.marks.pk],
            "focus.Study": [self.study.pk],
        }


OF_A_ROUND = {
    "people.Cluster",
    "focus.Idea",
    "focus.Shortlisting",
    "focus.Candidate",
    "focus.Round",
    "focus.RedSpot",
}

OF_A_BOARD_OR_DRAFT = {
    "people.Cluster",
    "focus.Idea",
    "focus.Shortlist",
    "focus.Study",
}


def addresses(world, about=None):
    """Every page of the room about what is in this world, or about these models in it, and what
    others show of it."""
    keys = world.keys()
    for pattern in urls.urlpatterns:
        model = pattern.callback.rule.model
        for key in keys.get(model, ()) if about is None or model in about else ():
            yield reverse(f"focus:{pattern.name}", args=[key])
    cluster = [world.s.cluster.pk]
    yield reverse("home")
    for name in ("cluster", "cluster_history", "cluster_report"):
        yield reverse(name, args=cluster)
    for name in ("decisions", "promises", "meetings", "boards"):
        yield reverse(f"agreements:{name}", args=cluster)
    yield reverse("agreements:say_board", args=[member_of(world.s.own.core).pk])


def read_by(client, seat, world, asked, *, is_told_otherwise=False):
    """By address: status and text, without what is new each time. Copies and the letter too.

    Nothing stays changed.
    """
    with transaction.atomic():
        if is_told_otherwise:
            world.tell_otherwise()
        signed_in(client, seat)
        found = {there: _asked(client, there) for there in asked}
        for there in ("/copy/", reverse("cluster_copy", args=[world.s.cluster.pk])):
            found[there] = _copied(client.post(there))
        letter = digest.letter_for(seat.user, digest.monday_of(clock.today()))
        found["letter"] = re.sub(r"https?://\S+", "", letter.text) if letter else ""
        transaction.set_rollback(True)
    return found


def _asked(client, there):
    answer = client.get(there)
    if answer.streaming:
        return answer.status_code, b"".join(answer.streaming_content)
    shown = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", html_of(answer))
    assert answer.status_code < 500, there
    return answer.status_code, shown


def _copied(answer):
    if answer.status_code != 200:
        return answer.status_code
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    held = json.loads(archive.read("everything.json"))
    # who looked in, and who took a copy, is written down each time
    return {
        name: rows
        for name, rows in held.items()
        if name.startswith(("focus.", "agreements.boardsays"))
    }


@pytest.fixture
def world(s):
    return World(s, "votes")


def others(s):
    """Everybody but the people of the two that write the draft."""
    yield s.own.third
    # a deputy who stands in for nobody today, and one that supports the cluster and has no vote
    yield SeatFactory(cluster=s.cluster, organisation=s.own.third.organisation, role=Role.DEPUTY)
    supports = MemberFactory(cluster=s.cluster, is_second_tier=True)
    yield SeatFactory(cluster=s.cluster, organisation=supports.organisation)
    yield from (s.own.seats[role] for role in (Role.FACILITATOR, Role.SUPPORTER, Role.SPONSOR))
    yield from (s.staff[Role.MANAGER], s.neighbour.core, through_the_glass(s.cluster))


def differing(client, seat, world, about=None):
    """Addresses that read otherwise once the secrets are others. What is only pressed, and so has
    no page for anybody, is asked for once."""
    asked = list(addresses(world, about))
    with clock.at(clock.now()):
        before = read_by(client, seat, world, asked)
        pages = [there for there in asked if before[there][0] != NO_PAGE]
        after = read_by(client, seat, world, pages, is_told_otherwise=True)
    return {there for there in after if before[there] != after[there]}


def test_nobody_else_reads_a_secret_in_anything(client, s, world):
    for seat in others(s):
        assert differing(client, seat, world) == set(), seat


def test_nobody_else_reads_that_a_board_or_a_draft_says_anything(client, s, world, monkeypatch):
    def not_said():
        BoardSays.objects.filter(pk=world.board.pk).delete()
        Study.objects.filter(pk=world.study.pk).update(problem="", levers="", changed_at=None)

    monkeypatch.setattr(world, "tell_otherwise", not_said)

    for seat in (s.own.third, s.own.facilitator, s.staff[Role.MANAGER]):
        assert differing(client, seat, world, OF_A_BOARD_OR_DRAFT) == set(), seat


def test_whose_seat_has_ended_reads_nothing_of_it(client, s, world):
    """Nor do the people of an organisation that has left, of what it said itself."""
    people.leave_cluster(by=actor(s.own.core), member=member_of(s.own.core))

    assert differing(client, s.own.core, world) == set()


def test_nobody_else_reads_a_red_spot_in_anything_while_its_round_is_open(client, s):
    world = World(s, "spots")

    for seat in (s.own.third, s.own.facilitator):
        assert differing(client, seat, world, OF_A_ROUND) == set(), seat


def test_those_whose_they_are_read_each_of_them(client, s, world):
    """Without this, the tests above could compare pages that tell nobody anything."""
    found = differing(client, s.own.core, world)

    assert world.row.get_absolute_url() in found
    assert reverse("focus:mark", args=[world.share_out.pk]) in found
    assert reverse("focus:write_study", args=[world.study.pk]) in found
    assert reverse("agreements:boards", args=[s.cluster.pk]) in found
    assert "/copy/" in found
    assert reverse("cluster_copy", args=[s.cluster.pk]) not in found  # what is the cluster's


def test_the_other_of_the_pair_reads_the_draft_and_nothing_else(client, s, world):
    """Home tells them whether it was begun; it is theirs, so in their copy."""
    about = {reverse(f"focus:{name}", args=[world.study.pk]) for name in DRAFT}

    found = differing(client, s.own.second, world)

    assert reverse("focus:write_study", args=[world.study.pk]) in found
    assert found <= about | {reverse("home"), "letter", "/copy/"}


def test_no_event_and_no_letter_holds_what_is_secret(s, world):
    told = [json.dumps(event.detail) for event in Event.objects.all()]
    told += [f"{mail.subject} {mail.text}" for mail in Mail.objects.all()]

    assert told
    assert not CANARY.search(" ".join(told))
    about = Event.objects.filter(thing=f"{world.word._meta.label_lower}:{world.word.pk}").get()
    keys = {world.row.pk, world.round.pk, world.round.number, s.own.organisations[0].pk}
    assert {value for value in about.detail.values() if isinstance(value, int)} <= keys
    marked = Event.objects.get(thing=f"focus.shareballot:{world.marks.pk}")
    assert "points" not in marked.detail


def test_once_the_round_is_closed_everybody_at_the_table_reads_it(client, s, world):
    shortlisting.close_vote_round(
        by=actor(s.own.facilitator),
        round=world.round,
        knows_absent=True,
        version=world.round.version,
    )

    signed_in(client, s.own.third)
    there = world.row.get_absolute_url()
    before = text_of(client.get(there))
    world.tell_otherwise()

    assert text_of(client.get(there)) != before
