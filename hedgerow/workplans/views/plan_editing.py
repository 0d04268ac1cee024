"""What every form about one thing of a plan does: shown, refused with a sentence, or done and back."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt
from hedgerow.workplans.queries.plan_wordings import now_in


def edit(
    request,
    row,
    *,
    form,
    act: Callable,
    done: str | Callable,
    template: str,
    back: str | None = None,
    **words,
):
    """`row` has a version. After a clash the form holds what was typed, with the newest version,
    and what stands there now is shown beside it: sending it again decides."""
    cluster = words["cluster"]
    status = 200
    if request.method == "POST":
        status = attempt(form, act)
        if status == DONE:
            messages.success(request, done() if callable(done) else done)
            return redirect(back or row)
        row.refresh_from_db()
    request.is_invented = cluster.is_example
    typed = form.data.get("version", "")
    is_clash = status == REFUSED and typed != str(row.version)
    context = {
        "row": row,
        "form": form,
        "version": typed if status == WRONG else row.version,
        "now": _others(row, form) if is_clash else (),
        "back": back or row.get_absolute_url(),
        **words,
    }
    return render(request, template, context, status=status)


def _others(row, form):
    """What stands there now and differs from what was typed."""
    said = form.cleaned_data
    names = [
        name
        for name in form.fields
        if name != "version" and hasattr(row, name) and getattr(row, name) != said.get(name)
    ]
    return now_in(row, names)
