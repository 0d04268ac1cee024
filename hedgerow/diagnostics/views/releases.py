"""Closing a round, and what is shown of answers that members keep to themselves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.actions import releases as actions
from hedgerow.diagnostics.forms.releases import CloseForm, ConsentForm
from hedgerow.diagnostics.models import Consent
from hedgerow.diagnostics.queries.register_lines import releases_of, what_it_is_about
from hedgerow.diagnostics.queries.registers import stands_of
from hedgerow.diagnostics.queries.releasable import plans_for, profiles_of
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.access import door, visible
from hedgerow.people.views.attempts import DONE, WRONG, attempt


@door(rules.RUN_ROUND)
def close_round(request, round, by):
    if request.method != "POST":
        return _close_page(request, round, CloseForm())
    form = CloseForm(request.POST)
    status = attempt(form, lambda **said: actions.close_round(by=by, round=round, **said))
    if status != DONE:
        return _close_page(request, round, form, status)
    messages.success(request, "The round is closed, and what it came to is kept.")
    return redirect("diagnostics:picture", round.pk)


@door(rules.SEE_ASKINGS)
def releases(request, asking, by):
    cluster = asking.round.cluster
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "asking": asking,
        "name": instrument_of(asking.text).name,
        "lines": releases_of(asking),
        "profiles": profiles_of(cluster.pk),
    }
    return render(request, "diagnostics/releases.html", words)


@door(rules.CONSENT, fresh=True)
def consent(request, member, by, asking):
    seen = visible(request.reader, rules.SEE_ASKINGS).select_related("round__cluster")
    asking = get_object_or_404(seen, pk=asking, round__cluster=member.cluster)
    if request.method != "POST":
        return _consent_page(request, member, asking, ConsentForm())
    form = ConsentForm(request.POST)
    status = attempt(form, lambda **_: actions.consent(by=by, member=member, asking=asking))
    if status != DONE:
        return _consent_page(request, member, asking, form, status)
    messages.success(request, _agreed(asking))
    return redirect("diagnostics:asking_picture", asking.pk)


@require_POST
@door(rules.TAKE_BACK_CONSENT)
def take_back_consent(request, consent, by):
    try:
        actions.take_back_consent(by=by, consent=consent)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Your yes is taken back. What was shown before stays shown.")
    return redirect("diagnostics:asking_picture", consent.asking_id)


def _agreed(asking):
    """Read after the yes: with the last one nobody is asked any more."""
    if stands_of([asking])[asking.pk].n_waited_for:
        return "You agreed. It is shown when everybody who is asked has."
    return "You agreed, and so has everybody who was asked. It is shown from now on."


def _close_page(request, round, form, status=200):
    round.refresh_from_db()
    if not round.is_open and request.method != "POST":
        return redirect("diagnostics:picture", round.pk)
    request.is_invented = round.cluster.is_example
    stands = status_of([round])[round.pk]
    words = {
        "cluster": round.cluster,
        "round": round,
        "stands": stands,
        "some_begun": any(member.has_begun for member in stands.waiting),
        "plans": plans_for(round) if round.is_open else (),
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else round.version,
    }
    return render(request, "diagnostics/close_round.html", words, status=status)


def _consent_page(request, member, asking, form, status=200):
    """For who is asked; for others there is nothing to read."""
    stand = stands_of([asking])[asking.pk]
    if member.organisation_id not in stand.asked:
        if status == 200:
            raise Http404
        stand = None
    request.is_invented = member.cluster.is_example
    n_asked = len(stand.asked) if stand else 0
    words = {
        "cluster": member.cluster,
        "member": member,
        "asking": asking,
        "name": instrument_of(asking.text).name,
        "n_asked": n_asked,
        "n_others": n_asked - 1,
        "n_waited_for": stand.n_waited_for if stand else 0,
        "abouts": what_it_is_about(asking, stand) if stand else (),
        "given": Consent.objects.filter(
            asking=asking, organisation=member.organisation, ended_at=None
        ).first()
        if stand and member.organisation_id in stand.agreed
        else None,
        "form": form,
    }
    return render(request, "diagnostics/consent.html", words, status=status)
