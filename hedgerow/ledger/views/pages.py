"""What every page about an award shows, and the one page on which something in it is changed."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from hedgerow.ledger.models import Award
from hedgerow.people.views.attempts import DONE, WRONG, attempt


@dataclass(frozen=True, kw_only=True)
class Change:
    """The words of a page with one form."""

    title: str
    lead: str
    button: str
    leave: str = "Leave it as it is"
    facts: tuple[str, ...] = ()  # what to know before
    instead: tuple[str, str] | None = None  # words and address of the other answer


def fresh(award: Award) -> Award:
    return Award.objects.select_related("cluster__programme", "holding").get(pk=award.pk)


def not_yet(claim, name):
    """The way to answer what the cluster says; None where there is nothing to answer, or nobody is
    left who could read it."""
    if not (claim.told or claim.doubt) or claim.award.cluster.ended_at:
        return None
    words = "Not yet, and why" if claim.told else "Say otherwise what is missing"
    return words, reverse(name, args=[claim.pk])


def changing(request, award, form, deed, *, change, done, versioned=None):
    """Do it if it was sent, and go back to the account; else show the form, with what is wrong.
    `versioned` reads afresh the row whose version the form carries; None if it is gone."""
    status = 200
    if request.method == "POST":
        status = attempt(form, deed)
        if status == DONE:
            messages.success(request, done)
            return redirect("ledger:account", award.pk)
    award = fresh(award)
    request.is_invented = award.cluster.is_example
    row = versioned() if versioned else None
    version = row.version if row else None
    words = {
        "award": award,
        "cluster": award.cluster,
        "form": form,
        "change": change,
        "version": form.data.get("version", "") if status == WRONG else version,
        "is_versioned": versioned is not None,
    }
    return render(request, "ledger/change.html", words, status=status)
