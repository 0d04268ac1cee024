"""The page of a shortlisting and its live screen, which many buttons lead back to."""

from dataclasses import dataclass

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from hedgerow.agreements.queries.decisions import idle_deputies, voices_here
from hedgerow.analysis.red_spot import ENOUGH
from hedgerow.focus import rules
from hedgerow.focus.forms.live import BallotsForm, SpotsForm
from hedgerow.focus.models import Shortlisting
from hedgerow.focus.queries import vote_tables as tables
from hedgerow.focus.queries.shortlisting_lines import OwnWord, ShortlistingPage
from hedgerow.focus.queries.shortlisting_pages import shortlisting_page
from hedgerow.people.access import may

LIVE = "live"  # what a form says that stands on the live screen


@dataclass(frozen=True, kw_only=True)
class Step:
    """The one thing to do next for this reader."""

    words: str
    url: str


def back(request, shortlisting: Shortlisting, at: str = ""):
    """To the page on which a button stood."""
    name = "live_shortlisting" if _is_live(request) else "shortlisting"
    there = reverse(f"focus:{name}", args=[shortlisting.pk])
    return redirect(f"{there}#{at}" if at else there)


def show_again(request, shortlisting: Shortlisting, **what):
    """The page on which a button stood, after it did nothing."""
    show = show_live if _is_live(request) else show_shortlisting
    return show(request, shortlisting, **what)


def show_shortlisting(request, shortlisting: Shortlisting, *, wrong=None, refusal="", status=200):
    """wrong: a form that was not taken."""
    words = _words(request, shortlisting)
    page = words["page"]
    words |= {
        "standings": tables.standings(page),
        "no_spots": tables.no_spots(page),
        "rows": tables.rows(page),
        "ballot_tables": tables.ballot_tables(page),
        "idle": idle_deputies(request.reader, page.cluster) if page.open else [],
        "open_requests": [one for one in page.reopenings if one.is_open],
        "earlier_requests": [one for one in page.reopenings if not one.is_open],
        "step": next_step(page, words["owns"], leads=words["leads"], has_voice=words["has_voice"])
        if words["is_going_on"]
        else None,
        "news": _news(page),
        "wrong": wrong,
        "refusal": refusal,
    }
    return render(request, "focus/shortlisting.html", words, status=status)


def show_live(
    request, shortlisting: Shortlisting, *, wrong=None, recording=None, refusal="", status=200
):
    """recording: a form with what a facilitator typed, that was not taken."""
    words = _words(request, shortlisting)
    page = words["page"]
    may_record = (
        page.open is not None
        and words["is_going_on"]
        and may(request.reader, rules.RECORD_VOTE, pk=page.open.key)
    )
    if may_record and recording is None and _waits(page):
        recording = recording_form(page)
    words |= {
        "standings": tables.standings(page),
        "rows": tables.rows(page),
        "may_record": may_record,
        "recording": recording if may_record else None,
        "wrong": wrong or recording,
        "refusal": refusal,
        "live": LIVE,
    }
    return render(request, "focus/live_shortlisting.html", words, status=status)


def recording_form(page: ShortlistingPage, data: QueryDict | None = None):
    """For those who have not voted, or for whom it was written down and not confirmed yet. What was
    typed is read for all: of somebody who has voted meanwhile, the action says so."""
    assert page.open
    members = _waits(page) if data is None else _members(page)
    options = [(one.key, one.title) for one in page.standing]
    kind = SpotsForm if page.open.is_spots else BallotsForm
    return kind(data, members=members, options=options)


def _members(page: ShortlistingPage) -> list[tuple[int, str]]:
    return [(one.organisation_key, one.organisation) for one in page.open.members]


def _waits(page: ShortlistingPage) -> list[tuple[int, str]]:
    spoke = {
        one.organisation_key for one in page.open.members if one.has_voted and not one.is_written
    }
    return [(key, name) for key, name in _members(page) if key not in spoke]


def next_step(page: ShortlistingPage, owns, *, leads: bool, has_voice: bool) -> Step | None:
    """One's own vote first, then what was written down, then what others asked, then leading."""
    for own, url in owns:
        if own.may_speak and own.key is None:
            words = "Say whether we use our red spot" if own.is_spots else "Give our ten votes"
            return Step(words=words, url=url)
    if page.to_confirm:
        return Step(words="Look at what was written down for us", url="#confirm")
    asked = next((one for one in page.reopenings if one.is_open), None)
    if has_voice and asked and not any(answer.is_own for answer in asked.answers):
        return Step(words=f"Say whether “{asked.title}” comes back", url=asked.url)
    return _leading(page) if leads else None


def _news(page: ShortlistingPage) -> str:
    """Where it stands; while a round is open, first for the reader's own organisation."""
    if page.open is None:
        return page.next
    if not page.own:
        return page.open.sentence
    own = page.own[0]
    if own.is_spots:
        said = f"has {'said' if own.key else 'not said yet'} whether it uses its red spot"
    else:
        said = "has voted" if own.key else "has not voted yet"
    return f"{own.organisation} {said}. {page.open.sentence}"


def _leading(page: ShortlistingPage) -> Step | None:
    if page.open:
        is_time = page.open.has_all_voted or page.open.is_past
        return Step(words="Close the round", url="#close") if is_time else None
    if page.level:
        return Step(words="Say what happens to those that are level", url="#level")
    if any(one.is_open for one in page.reopenings) or not page.standing:
        return None
    if page.may_write and len(page.standing) <= ENOUGH:
        url = reverse("focus:write_shortlist", args=[page.cluster])
        return Step(words="Write the shortlist down", url=url)
    if page.may_open_round:
        url = reverse("focus:open_vote_round", args=[page.key])
        return Step(words="Open the next round of votes", url=url)
    return None


def _words(request, shortlisting: Shortlisting) -> dict:
    """What both pages show."""
    shortlisting.refresh_from_db()
    cluster = shortlisting.cluster
    request.is_invented = cluster.is_example
    is_going_on = cluster.ended_at is None
    mine = {seat.organisation for seat in request.reader.in_cluster(cluster.pk)} - {None}
    page = shortlisting_page(request.reader, shortlisting)
    return {
        "cluster": cluster,
        "shortlisting": shortlisting,
        "page": page,
        "owns": _owns(request, page),
        "mine": mine,
        "is_going_on": is_going_on,
        "leads": is_going_on and may(request.reader, rules.RUN_SHORTLISTING, pk=shortlisting.pk),
        "has_voice": is_going_on
        and may(request.reader, rules.ASK_TO_REOPEN, shortlisting=shortlisting.pk),
    }


def _owns(request, page: ShortlistingPage) -> list[tuple[OwnWord, str]]:
    """What each organisation of the reader's said in the open round, and where it says so."""
    seats = {seat.organisation: seat.key for seat in voices_here(request.reader, page.cluster)}
    found = []
    for own in page.own:
        there = reverse(f"focus:{'red_spot' if own.is_spots else 'ballot'}", args=[own.round])
        several = len(seats) > 1 and own.organisation_key in seats
        found.append((own, f"{there}?seat={seats[own.organisation_key]}" if several else there))
    return found


def _is_live(request) -> bool:
    return request.POST.get("from") == LIVE
