"""A shortlisting on one screen in a meeting: who has voted, what members call out, the next round."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.focus import rules
from hedgerow.focus.actions import voting as actions
from hedgerow.focus.queries.shortlisting_pages import shortlisting_page
from hedgerow.look.words import listed
from hedgerow.people.access import door
from hedgerow.people.models import Organisation
from hedgerow.people.views.attempts import DONE, attempt

from .showing import recording_form, show_live


@door(rules.RUN_SHORTLISTING)
def live_shortlisting(request, shortlisting, by):
    return show_live(request, shortlisting)


@require_POST
@door(rules.RECORD_VOTE)
def record_spot(request, round, by):
    def deed(*, spots, channel):
        members = Organisation.objects.in_bulk(spots)
        ideas = round.shortlisting.candidates.in_bulk()
        told = {members[key]: (ideas.get(idea), reason) for key, (idea, reason) in spots.items()}
        actions.record_spots(by=by, round=round, spots=told, channel=channel)
        return list(told)

    return _recorded(request, round, deed)


@require_POST
@door(rules.RECORD_VOTE)
def record_ballots(request, round, by):
    def deed(*, ballots, channel):
        members = Organisation.objects.in_bulk(ballots)
        told = {members[key]: votes for key, votes in ballots.items()}
        actions.record_ballots(by=by, round=round, ballots=told, channel=channel)
        return list(told)

    return _recorded(request, round, deed)


def _recorded(request, round, deed):
    """deed: gives the members for whom it was written down."""
    page = shortlisting_page(request.reader, round.shortlisting)
    if page.open is None or page.open.key != round.pk:
        refusal = f"{round} is closed, so nothing was written down."
        return show_live(request, round.shortlisting, refusal=refusal, status=409)
    form = recording_form(page, request.POST)
    members = []
    status = attempt(form, lambda **said: members.extend(deed(**said)))
    if status != DONE:
        return show_live(request, round.shortlisting, recording=form, status=status)
    names = listed(sorted(str(member) for member in members))
    messages.success(
        request, f"Written down for {names}. It counts, and waits to be confirmed there."
    )
    return redirect(f"{reverse('focus:live_shortlisting', args=[round.shortlisting_id])}#members")
