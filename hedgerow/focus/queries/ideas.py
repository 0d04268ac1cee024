"""The long list and one card of it, as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hedgerow.core import clock
from hedgerow.focus.models import Descent, Ended, Idea, Source
from hedgerow.look.words import out_of
from hedgerow.people.models import Cluster
from hedgerow.people.readers import seat_words, seats_named

from .catalogue import areas_of
from .gains import GainTable, gains_of
from .ideas_asked import SIX, Asked, open_in_words, open_tests
from .ideas_before import Changed, changes_of
from .ideas_from import FROM, source_of
from .ideas_held import live_ideas
from .ideas_needs import needs_of
from .ideas_standing import IdeaStanding, standings_of, with_standing

_ENDED = {
    Ended.MERGED: "Put together with another",
    Ended.SPLIT: "Taken apart",
    Ended.WITHDRAWN: "Taken off the list",
}


@dataclass(frozen=True, kw_only=True)
class IdeaRef:
    """Enough of an idea to lead to it."""

    key: int
    number: int
    title: str
    is_live: bool


@dataclass(frozen=True, kw_only=True)
class IdeaLine:
    idea: Idea
    standing: IdeaStanding
    came_from: str  # "From our shared picture"
    gains: GainTable
    n_open: int  # of the six tests
    open_words: str  # "two of six tests are still open"


@dataclass(frozen=True, kw_only=True)
class EndedLine:
    """An idea that is off the list, and what became of it."""

    idea: Idea
    how: str  # "Put together with another"
    on: date
    became: tuple[IdeaRef, ...]  # none where it was taken off


@dataclass(frozen=True, kw_only=True)
class LongList:
    lines: tuple[IdeaLine, ...]  # in the order of their numbers
    ended: tuple[EndedLine, ...]  # the newest first
    n_quick_wins: int

    @property
    def is_voting(self) -> bool:
        return any(line.standing.is_candidate for line in self.lines)

    @property
    def has_chosen(self) -> bool:
        return any(line.standing.is_chosen for line in self.lines)

    @property
    def can_merge(self) -> bool:
        """Whether there are two that can be put together."""
        return sum(line.standing.can_end for line in self.lines) > 1

    @property
    def costed(self) -> str:
        """ "three of five", that say what they cost."""
        return out_of(sum(it.idea.cost is not None for it in self.lines), len(self.lines))


@dataclass(frozen=True, kw_only=True)
class TestLine:
    asked: Asked
    words: str
    hint: str  # from the entry of the catalogue that it came from, where it is open


@dataclass(frozen=True, kw_only=True)
class IdeaPage:
    idea: Idea  # as it is now
    standing: IdeaStanding
    tests: tuple[TestLine, ...]
    n_open: int
    open_words: str
    came_from: str  # a sentence: "From our shared picture: IT support. Presses for five of six."
    raised_by: str
    ended_how: str
    ended_by: str
    came_out_of: tuple[IdeaRef, ...]
    became: tuple[IdeaRef, ...]
    gains: GainTable
    changes: tuple[Changed, ...]  # the newest first


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """Something that an idea can be made of in one press."""

    slug: str
    name: str
    words: str
    takes: str = ""
    time: str = ""
    from_whom: str = ""  # "HACT, Collaborate 2, 2010"
    on_list: tuple[IdeaRef, ...] = ()  # cards that came from it and are on the list


@dataclass(frozen=True, kw_only=True)
class Sources:
    needs: tuple[SourceLine, ...]
    areas: tuple[SourceLine, ...]


def long_list_page(cluster: Cluster) -> LongList:
    """With what has ended. 13 queries at most, however many ideas there are."""
    ideas = list(with_standing(Idea.objects.filter(cluster=cluster)).order_by("number"))
    live = [idea for idea in ideas if idea.is_live]
    ended = sorted(
        (idea for idea in ideas if idea.ended_at),
        key=lambda idea: (idea.ended_at, idea.number),
        reverse=True,
    )
    gains, standings = gains_of(live), standings_of(cluster.pk, live)
    refs = {idea.pk: ref_of(idea) for idea in ideas}
    became: dict[int, list[IdeaRef]] = {}
    rows = Descent.objects.filter(parent__cluster=cluster).order_by("child__number")
    for parent, child in rows.values_list("parent", "child"):
        became.setdefault(parent, []).append(refs[child])
    return LongList(
        lines=tuple(_line(idea, gains[idea.pk], standings[idea.pk]) for idea in live),
        ended=tuple(
            EndedLine(
                idea=idea,
                how=_ENDED[Ended(idea.ended_how)],
                on=clock.day_of(idea.ended_at),
                became=tuple(became.get(idea.pk, ())),
            )
            for idea in ended
        ),
        n_quick_wins=sum(idea.is_quick_win for idea in live),
    )


def idea_page(idea: Idea) -> IdeaPage:
    """One card. 18 queries at most."""
    idea = with_standing(Idea.objects.select_related("cluster")).get(pk=idea.pk)
    own = Descent.objects.filter(Q(parent=idea) | Q(child=idea))
    descents = list(own.select_related("parent", "child").order_by("pk"))
    came_from, hints = source_of(idea)
    blank = open_tests(idea)
    seats = seats_named({key for key in (idea.raised_by_id, idea.ended_by_id) if key})

    def called(key: int | None) -> str:
        seat = seats.get(key) if key else None
        return seat_words(seat) if seat else ""

    return IdeaPage(
        idea=idea,
        standing=standings_of(idea.cluster_id, [idea])[idea.pk],
        tests=tuple(
            TestLine(
                asked=test,
                words=getattr(idea, test.slug),
                hint=hints.get(test.slug, "") if test.slug in blank else "",
            )
            for test in SIX
        ),
        n_open=len(blank),
        open_words=open_in_words(len(blank)),
        came_from=came_from,
        raised_by=called(idea.raised_by_id),
        ended_how=_ENDED[Ended(idea.ended_how)] if idea.ended_at else "",
        ended_by=called(idea.ended_by_id),
        came_out_of=_refs(row.parent for row in descents if row.child_id == idea.pk),
        became=_refs(row.child for row in descents if row.parent_id == idea.pk),
        gains=gains_of([idea])[idea.pk],
        changes=changes_of(idea),
    )


def sources(cluster: Cluster) -> Sources:
    """What ideas can be made of: needs, what presses for most first; then the catalogue. Either
    is empty where there is none."""
    on_list: dict[tuple[str, str], list[IdeaRef]] = {}
    for idea in live_ideas(cluster):
        on_list.setdefault((idea.source, idea.came_from), []).append(ref_of(idea))
    return Sources(
        needs=tuple(
            SourceLine(
                slug=need.slug,
                name=need.name,
                words=need.words,
                on_list=tuple(on_list.get((Source.PICTURE, need.slug), ())),
            )
            for need in needs_of(cluster)
        ),
        areas=tuple(
            SourceLine(
                slug=area.slug,
                name=area.title,
                words=area.sentence,
                takes=area.takes,
                time=area.time,
                from_whom=f"{area.source.publisher}, {area.source.title}, {area.source.year}",
                on_list=tuple(on_list.get((Source.CATALOGUE, area.slug), ())),
            )
            for area in areas_of(cluster)
        ),
    )


def hints_of(idea: Idea) -> dict[str, str]:
    """What to think of at each test, where the idea came from the catalogue."""
    return source_of(idea)[1]


def ref_of(idea: Idea) -> IdeaRef:
    return IdeaRef(key=idea.pk, number=idea.number, title=idea.title, is_live=idea.is_live)


def _refs(ideas: Iterable[Idea]) -> tuple[IdeaRef, ...]:
    return tuple(ref_of(idea) for idea in sorted(ideas, key=lambda idea: idea.number))


def _line(idea: Idea, gains: GainTable, standing: IdeaStanding) -> IdeaLine:
    n_open = len(open_tests(idea))
    return IdeaLine(
        idea=idea,
        standing=standing,
        came_from=FROM[Source(idea.source)],
        gains=gains,
        n_open=n_open,
        open_words=open_in_words(n_open),
    )
