"""What one organisation says in a round: its red spot, its ten votes, what was written for it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import voting as actions
from hedgerow.focus.forms.voting import NO_SPOT, BallotForm, RedSpotForm
from hedgerow.focus.models import RoundKind
from hedgerow.focus.queries.ideas_asked import SIX
from hedgerow.focus.queries.shortlisting_pages import shortlisting_page
from hedgerow.people.access import door, visible
from hedgerow.people.views.attempts import DONE, attempt

from .showing import show_shortlisting


@door(rules.VOTE)
def red_spot(request, round, by):
    _of_kind(round, RoundKind.SPOTS)
    if request.method != "POST" and _is_over(round):
        return redirect(round.shortlisting)
    page = shortlisting_page(request.reader, round.shortlisting)
    now = _own(page, by)
    form = RedSpotForm(request.POST or None, options=_options(page), initial=_spot_now(now))
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: _use(by, round, **said))
        if status == DONE:
            messages.success(request, _spot_said(form.cleaned_data["candidate"]))
            return redirect(f"{_there(round)}#open")
    return _page(request, round, by, page, form, now, "focus/red_spot.html", status)


@door(rules.VOTE)
def ballot(request, round, by):
    """Its buttons − and + and Count only count, and nothing is kept; one button casts."""
    _of_kind(round, RoundKind.VOTES)
    is_cast = request.method == "POST" and request.POST.get("do") == "cast"
    if not is_cast and _is_over(round):
        return redirect(round.shortlisting)
    page = shortlisting_page(request.reader, round.shortlisting)
    now = _own(page, by)
    status = 200
    if is_cast:
        form = BallotForm(request.POST, options=_options(page))
        status = attempt(form, lambda votes: actions.cast_ballot(by=by, round=round, votes=votes))
        if status == DONE:
            messages.success(
                request, "Your ten votes are cast. You can change them until the round closes."
            )
            return redirect(f"{_there(round)}#open")
    elif request.method == "POST":
        form = BallotForm.recounted(request.POST, options=_options(page))
        status = 422 if form.errors else 200
    else:
        form = BallotForm(options=_options(page), votes=now.votes if now else {})
    return _page(request, round, by, page, form, now, "focus/ballot.html", status)


@require_POST
@door(rules.CONFIRM_SPOT)
def confirm_spot(request, spot, by):
    return _answered(request, spot, lambda: actions.confirm_spot(by=by, spot=spot), _CONFIRMED)


@require_POST
@door(rules.CONFIRM_SPOT)
def undo_spot(request, spot, by):
    return _answered(request, spot, lambda: actions.undo_spot(by=by, spot=spot), _UNDONE)


@require_POST
@door(rules.CONFIRM_BALLOT)
def confirm_ballot(request, ballot, by):
    act = lambda: actions.confirm_ballot(by=by, ballot=ballot)
    return _answered(request, ballot, act, _CONFIRMED)


@require_POST
@door(rules.CONFIRM_BALLOT)
def undo_ballot(request, ballot, by):
    return _answered(request, ballot, lambda: actions.undo_ballot(by=by, ballot=ballot), _UNDONE)


_CONFIRMED = "Confirmed. It is your own word from now on."
_UNDONE = "Undone. You have not voted in this round until you do; that it was written down stays."


def _answered(request, word, act, said):
    try:
        act()
    except Refused as refused:
        return show_shortlisting(request, word.round.shortlisting, refusal=str(refused), status=409)
    messages.success(request, said)
    return redirect(word.round.shortlisting)


def _use(by, round, candidate, reason):
    chosen = round.shortlisting.candidates.get(pk=candidate) if candidate else None
    actions.use_red_spot(by=by, round=round, candidate=chosen, reason=reason)


def _spot_now(now) -> dict:
    if now is None or now.key is None:
        return {}
    return {"spot": str(now.candidate or NO_SPOT), "reason": now.reason}


def _spot_said(candidate) -> str:
    if candidate:
        return "Your red spot is placed. You can change your mind until the round closes."
    return "It is noted that you use no red spot. You can change your mind until the round closes."


def _of_kind(round, kind) -> None:
    if round.kind != kind:
        raise Http404


def _is_over(round) -> bool:
    return not round.is_open or round.shortlisting.cluster.ended_at is not None


def _options(page) -> list[tuple[int, str]]:
    """All, where none is open: what was typed in a round that has closed is shown once more."""
    lines = page.standing if page.open else page.candidates
    return [(line.key, line.title) for line in lines]


def _own(page, by):
    """What the organisation that the reader acts for says now."""
    return next((own for own in page.own if own.organisation_key == by.for_organisation), None)


def _there(round) -> str:
    return reverse("focus:shortlisting", args=[round.shortlisting_id])


def _page(request, round, by, page, form, now, template, status):
    cluster = round.shortlisting.cluster
    request.is_invented = cluster.is_example
    ideas = visible(request.reader, rules.SEE_IDEAS).in_bulk([one.idea for one in page.candidates])
    cards = {one.key: _card(ideas[one.idea]) for one in page.candidates}
    words = {
        "cluster": cluster,
        "shortlisting": round.shortlisting,
        "round": round,
        "page": page,
        "form": form,
        "now": now,
        "cards": [(title, cards[key]) for key, title in _options(page)],
        "steppers": [(one, cards[one.key]) for one in form.steppers()]
        if isinstance(form, BallotForm)
        else [],
    }
    return render(request, template, words, status=status)


def _card(idea):
    """The idea, and those of the six tests that somebody has answered."""
    return idea, [(test.name, said) for test in SIX if (said := getattr(idea, test.slug))]
