"""The return: what it would hold now, and handing it in."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.journeys.queries.submissions import return_view
from hedgerow.people.access import door, may
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import returning as actions
from hedgerow.workplans.forms.returning import ReturnForm
from hedgerow.workplans.queries.returning import return_page


@door(rules.SEE_PLACE)
def return_now(request, cluster, by):
    page = return_page(cluster)
    may_hand_in = (
        page is not None
        and page.agreed is not None
        and not page.stands
        and cluster.ended_at is None
        and may(request.reader, rules.HAND_IN, pk=cluster.pk)
    )
    return _page(request, cluster, page, "workplans/return.html", may_hand_in=may_hand_in)


@door(rules.HAND_IN)
def hand_in_return(request, cluster, by):
    page = return_page(cluster)
    form, status = _form(page, initial={"digest": page.digest if page else ""}), 200
    if request.method == "POST":
        form = _form(page, request.POST)
        status = attempt(
            form, lambda **said: actions.hand_in_return(by=by, cluster=cluster, **said)
        )
        if status == DONE:
            messages.success(request, "Handed in. It waits for the programme’s answer.")
            return redirect("workplans:return", cluster.pk)
        page = return_page(cluster)
        form.data = {**form.data.dict(), "digest": page.digest if page else ""}
    words = {"form": form, "lost": _under_others(request, form)}
    return _page(request, cluster, page, "workplans/hand_in_return.html", status, **words)


def _form(page, *args, **kwargs):
    headings, is_again = (page.headings, bool(page.before)) if page else ((), False)
    return ReturnForm(*args, headings=headings, is_again=is_again, **kwargs)


def _under_others(request, form):
    """What was written under headings that the programme has taken away meanwhile."""
    named = {name for name in request.POST if name.startswith("heading-")} - set(form.keys)
    return [request.POST[name] for name in sorted(named) if request.POST[name].strip()]


def _page(request, cluster, page, template, status=200, **more):
    request.is_invented = cluster.is_example
    view = return_view(page.found, cluster) if page else None
    words = {"cluster": cluster, "page": page, "view": view, **more}
    return render(request, template, words, status=status)
