"""An organisation's public face."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.people import actions, queries, rules
from hedgerow.people.access import door, may, visible
from hedgerow.people.forms import OrganisationForm

from .attempts import DONE, attempt


@door(rules.SEE_ORGANISATION)
def organisation(request, organisation, by):
    clusters = visible(request.reader, rules.SEE_CLUSTER).filter(
        members__organisation=organisation, members__left_at=None
    )
    words = {
        "organisation": queries.organisation_face(organisation),
        "clusters": clusters.order_by("name"),
        "may_describe": may(request.reader, rules.DESCRIBE_ORGANISATION, pk=organisation.pk),
    }
    return render(request, "people/organisation.html", words)


@door(rules.DESCRIBE_ORGANISATION)
def describe(request, organisation, by):
    if request.method != "POST":
        return _describe_page(request, organisation, OrganisationForm.of(organisation))
    form = OrganisationForm(request.POST)
    status = attempt(
        form,
        lambda **said: actions.describe_organisation(by=by, organisation=organisation, **said),
    )
    if status != DONE:
        return _describe_page(request, organisation, form, status)
    messages.success(request, "Your organisation is as you wrote it.")
    return redirect(organisation)


def _describe_page(request, organisation, form, status=200):
    """After a clash the newest version stands in the form, so that sending it again decides."""
    organisation.refresh_from_db()
    words = {
        "organisation": queries.organisation_face(organisation),
        "form": form,
        "version": organisation.version,
    }
    return render(request, "people/describe_organisation.html", words, status=status)
