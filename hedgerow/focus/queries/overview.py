"""How a cluster finds its focus, on one page: where it is, and the way through in five steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from hedgerow.agreements.queries.boards import BoardLine, board_lines
from hedgerow.focus import rules
from hedgerow.focus.models import Idea, Shortlisting
from hedgerow.look.words import count, day, first_up, listed, out_of
from hedgerow.people.access import may
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from .finding_facts import Facts, facts_in
from .studies import StudyLine, studies_of


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the five, with how it stands and the one link to where it is done."""

    ident: str
    heading: str
    state: str
    dot: int
    sentences: tuple[str, ...]
    url: str  # empty where it does not lead the reader
    button: str
    looked_into: tuple[tuple[Idea, StudyLine | None], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Overview:
    where: str
    steps: tuple[Step, ...]
    may_propose: bool  # another one


@dataclass(frozen=True, kw_only=True)
class _Known:
    cluster: Cluster
    facts: Facts
    n_ideas: int
    n_quick: int
    shortlisting: Shortlisting | None  # that goes on
    boards: tuple[BoardLine, ...]
    looked_into: tuple[tuple[Idea, StudyLine | None], ...]
    may_propose: bool


def overview(reader: Reader, cluster: Cluster) -> Overview:
    """Nineteen queries at most, however many ideas and members there are."""
    facts = facts_in([cluster.pk])[cluster.pk]
    quick = Idea.objects.filter(cluster=cluster, ended_at=None).values_list(
        "is_quick_win", flat=True
    )
    marks = list(quick)
    studies = studies_of(reader, [idea.pk for idea in facts.ideas]) if facts.ideas else {}
    known = _Known(
        cluster=cluster,
        facts=facts,
        n_ideas=len(marks),
        n_quick=sum(marks),
        shortlisting=Shortlisting.objects.filter(cluster=cluster, ended_at=None).first(),
        boards=tuple(board_lines(reader, cluster)),
        looked_into=tuple(
            (idea, next((line for line in studies.get(idea.pk, ()) if line.stands), None))
            for idea in facts.ideas
        ),
        may_propose=not cluster.ended_at and may(reader, rules.PROPOSE_FOCUS, pk=cluster.pk),
    )
    return Overview(
        where=_where(known),
        steps=tuple(_steps(known)),
        may_propose=known.may_propose and facts.focus.open_decision is None,
    )


def _where(known: _Known) -> str:
    state, ideas = known.facts.focus, known.facts.ideas
    if state.verdict:
        return f"We have our focus, since {day(state.verdict.closed_at)}."
    if state.open_decision:
        return f"Our focus is put to the vote, until {day(state.open_decision.closes_at)}."
    if known.shortlisting:
        return f"{known.shortlisting} is under way: we choose what stays."
    if ideas and all(line and line.handed_in_on for _, line in known.looked_into):
        return "The reports are in. What is left is to talk, and to choose."
    if ideas:
        return f"We have a shortlist: {count(len(ideas), 'idea')} to look into."
    if known.n_ideas:
        return f"We have a long list of {count(known.n_ideas, 'idea')}, and no shortlist yet."
    return "We begin with a long list, and nothing is on it yet."


def _steps(known: _Known) -> Iterator[Step]:
    yield _long_list(known)
    yield _shortlist(known)
    yield _pairs(known)
    yield _boards(known)
    yield _focus(known)


def _long_list(known: _Known) -> Step:
    n = known.n_ideas
    quick = f"{first_up(count(known.n_quick, 'quick win'))} among them." if n else ""
    return Step(
        ident="long-list",
        heading="The long list",
        state=first_up(count(n, "idea")),
        dot=2 if n else 0,
        sentences=(quick,) if quick else ("Anybody round the table can add an idea.",),
        url=reverse("focus:ideas", args=[known.cluster.pk]),
        button="Open the long list",
    )


def _shortlist(known: _Known) -> Step:
    standing, going_on = known.facts.standing, known.shortlisting
    if going_on:
        state, dot = "Under way", 1
        url, button = going_on.get_absolute_url(), "Open the shortlisting"
    elif standing:
        state, dot = f"Since {day(standing.shortlist.at)}", 2
        url, button = standing.shortlist.get_absolute_url(), "Open the shortlist"
    else:
        state, dot = "Not yet", 0
        url = reverse("focus:shortlistings", args=[known.cluster.pk])
        button = "Go to the shortlisting"
    titles = listed(f"“{idea}”" for idea in known.facts.ideas)
    return Step(
        ident="shortlist",
        heading="The shortlist",
        state=state,
        dot=dot,
        sentences=(f"{titles}.",)
        if titles
        else ("Red spots first, then ten votes each, until at most three are left.",),
        url=url,
        button=button,
    )


def _pairs(known: _Known) -> Step:
    lines = [line for _, line in known.looked_into]
    n_in = sum(bool(line and line.handed_in_on) for line in lines)
    if not lines:
        state, dot = "Not yet", 0
        sentences: tuple[str, ...] = ("Each shortlisted idea is looked into by two members.",)
    else:
        verb = "is" if n_in == 1 else "are"
        state = f"{first_up(out_of(n_in, len(lines)))} reports {verb} in"
        if len(lines) == 1:
            state = "The report is in" if n_in else "The report is not in yet"
        dot = 2 if n_in == len(lines) else 1 if any(lines) else 0
        sentences = ()
    n = known.facts.n_contacts
    return Step(
        ident="pairs",
        heading="Looking into it",
        state=state,
        dot=dot,
        sentences=(
            *sentences,
            f"{first_up(count(n, 'line'))} of people to ask and things to check."
            if n
            else "Nobody to ask and nothing to check is written down yet.",
        ),
        url=reverse("focus:contacts", args=[known.cluster.pk]),
        button="Whom to ask and what to check",
        looked_into=known.looked_into,
    )


def _boards(known: _Known) -> Step:
    n, total = sum(line.is_shown for line in known.boards), len(known.boards)
    return Step(
        ident="boards",
        heading="Our boards",
        state=f"{first_up(out_of(n, total))} can be read",
        dot=2 if total and n == total else 1 if n else 0,
        sentences=("Each member says whether its board must agree, and chooses who sees it.",),
        url=reverse("agreements:boards", args=[known.cluster.pk]),
        button="What our boards say",
    )


def _focus(known: _Known) -> Step:
    state = known.facts.focus
    sentences: tuple[str, ...] = ()
    propose = reverse("focus:propose_focus", args=[known.cluster.pk])
    url = propose if known.may_propose else ""
    button = "Put a focus to the vote"
    words, dot = "Not yet", 0
    if state.verdict:
        words, dot = f"Since {day(state.verdict.closed_at)}", 2
        url, button = state.verdict.get_absolute_url(), "Open the decision"
    if state.open_decision:
        words, dot = f"Open for votes until {day(state.open_decision.closes_at)}", 1
        url, button = state.open_decision.get_absolute_url(), "Open the decision"
    elif not state.verdict and state.fallen:
        one = state.fallen
        words = f"{one.get_outcome_display()} on {day(one.closed_at)}"
        sentences = (f"Decision {one.number} did not make it the focus. Talk, and choose again.",)
    elif not state.verdict:
        sentences = ("The votes are advice. You talk, then you decide.",)
    return Step(
        ident="decide",
        heading="The focus",
        state=words,
        dot=dot,
        sentences=sentences,
        url=url,
        button=button,
    )
