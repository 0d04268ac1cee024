from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.agreements import rules
from hedgerow.agreements.actions import promises as actions
from hedgerow.agreements.forms.promises import (
    LetGoForm,
    MovePromiseForm,
    PromiseForm,
    TakeOverForm,
    TakeUpForm,
)
from hedgerow.agreements.prompts.promises import KEEPS
from hedgerow.agreements.queries import promises as queries
from hedgerow.agreements.queries.promises_told import told
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.look.words import day
from hedgerow.people.access import door, keyed, visible
from hedgerow.people.models import Role
from hedgerow.people.views.attempts import DONE, attempt


@door(rules.SEE_AGREEMENTS)
def promises(request, cluster, by):
    """All of a cluster's: late, due, kept, let go."""
    request.is_invented = cluster.is_example
    found = queries.promises_of(cluster, clock.today())
    makes = visible(request.reader, rules.MAKE_PROMISE).filter(pk=cluster.pk)
    context = {
        "cluster": cluster,
        "found": found,
        "told": told(found),
        "may_make": not cluster.ended_at and makes.exists(),
        "today": clock.today(),
    }
    return render(request, "agreements/promises.html", context)


@door(rules.MAKE_PROMISE)
def promise_new(request, cluster, by):
    """By itself, or out of a meeting (?meeting=) or a decision (?decision=)."""
    request.is_invented = cluster.is_example
    sources = {
        "meeting": _source(request, "meeting", rules.SEE_MEETING, cluster),
        "decision": _source(request, "decision", rules.SEE_DECISION, cluster),
    }
    form = PromiseForm(
        request.POST or None, holders=queries.can_hold(cluster), initial={"first": by.seat}
    )
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda **said: actions.promise(by=by, cluster=cluster, **sources, **said),
        )
        if status == DONE:
            messages.success(request, f"Promised: {form.cleaned_data['words']}.")
            return _back_from(cluster, **sources)
    context = {"cluster": cluster, "form": form, **sources}
    return render(request, "agreements/promise_new.html", context, status=status)


def _back_from(cluster, meeting, decision):
    """To where it was promised; into the meeting, while that goes on."""
    if meeting and meeting.begun_at and not meeting.ended_at:
        return redirect("agreements:live", meeting.pk)
    source = meeting or decision
    return redirect(source) if source else redirect("agreements:promises", cluster.pk)


@door(rules.SEE_PROMISE)
def promise(request, promise, by):
    return _page(request, promise)


@require_POST
@door(rules.END_PROMISE)
def keep_promise(request, promise, by):
    try:
        actions.keep(by=by, promise=promise)
    except Refused as refused:
        return _page(request, promise, refusal=str(refused), status=409)
    return _back(request, promise, f"Done: {promise}. Thank you.")


@keyed(KEEPS)
def keep_by_link(request, link, by):
    """The same from a letter, without signing in."""
    promise = visible(request.reader, rules.END_PROMISE).filter(pk=link.about).first()
    if promise is None:
        raise Http404
    refusal, status, is_done = "", 200, False
    if request.method == "POST":
        try:
            actions.keep(by=by, promise=promise, link=link)
        except Refused as refused:
            refusal, status = str(refused), 409
        else:
            is_done = True
    context = {
        "cluster": promise.cluster,
        "line": queries.promise_line(promise, clock.today()),
        "refusal": refusal,
        "is_done": is_done,
    }
    return render(request, "agreements/promise_by_link.html", context, status=status)


@door(rules.END_PROMISE)
def move_promise(request, promise, by):
    return _form_page(
        request,
        promise,
        MovePromiseForm,
        actions.move_promise,
        by=by,
        template="agreements/promise_move.html",
        said=lambda form: f"It is for {day(form.cleaned_data['due_on'])} now.",
    )


@door(rules.END_PROMISE)
def let_go(request, promise, by):
    return _form_page(
        request,
        promise,
        LetGoForm,
        actions.let_go,
        by=by,
        template="agreements/promise_let_go.html",
        said=lambda form: "It is let go. Its reason stays with it.",
    )


@door(rules.END_PROMISE)
def take_up_again(request, promise, by):
    return _form_page(
        request,
        promise,
        TakeUpForm,
        actions.take_up_again,
        by=by,
        template="agreements/promise_take_up_again.html",
        said=lambda form: f"It is open again, for {day(promise.due_on)}.",
    )


@door(rules.END_PROMISE)
def take_over(request, promise, by):
    holders = queries.can_hold(promise.cluster)
    able = set(holders.values_list("pk", flat=True))
    still = [key for key in (promise.first_id, promise.second_id) if key in able]
    return _form_page(
        request,
        promise,
        TakeOverForm,
        actions.take_over,
        by=by,
        template="agreements/promise_take_over.html",
        said=lambda form: (
            "Written down: the promise has its pair again."
            if form.cleaned_data["second"]
            else "Written down: one person holds it now."
        ),
        holders=holders,
        initial={"first": still[0] if still else None},
    )


def _page(request, promise, *, refusal="", status=200):
    promise.refresh_from_db()
    request.is_invented = promise.cluster.is_example
    line = queries.promise_line(promise, clock.today())
    ends = None if promise.cluster.ended_at else _answering(request, promise)
    context = {
        "cluster": promise.cluster,
        "promise": promise,
        "line": line,
        "past": queries.past_of(request.reader, promise),
        "may_end": ends is not None and line.is_open,
        "may_take_up": ends is not None and not line.is_open,
        "may_take_over": bool(line.gone) and _may_take_over(request, promise),
        "refusal": refusal,
    }
    if ends:
        request.acting_from = ends
    return render(request, "agreements/promise.html", context, status=status)


def _form_page(request, promise, form_class, act, *, by, template, said, initial=None, **more):
    """A form about one promise: shown, refused with a sentence, or done and back to it."""
    request.is_invented = promise.cluster.is_example
    if request.method != "POST":
        request.acting_from = _answering(request, promise) or request.acting_from
    initial = {"version": promise.version, **(initial or {})}
    form, status = form_class(request.POST or None, initial=initial, **more), 200
    if request.method == "POST":
        status = attempt(form, lambda **said: act(by=by, promise=promise, **said))
        if status == DONE:
            return _back(request, promise, said(form))
        promise.refresh_from_db()
        form.data = {**form.data.dict(), "version": promise.version}
    context = {
        "cluster": promise.cluster,
        "promise": promise,
        "line": queries.promise_line(promise, clock.today()),
        "form": form,
    }
    return render(request, template, context, status=status)


def _answering(request, promise):
    """The seat from which the reader may say what became of it; None if they have none."""
    is_led = queries.has_facilitator(promise.cluster)
    here = request.reader.in_cluster(promise.cluster_id)
    mine = [seat for seat in here if queries.answers_for(promise, seat, is_led=is_led)]
    chosen = getattr(request, "acting_from", None)
    return chosen if chosen in mine else next(iter(mine), None)


def _may_take_over(request, promise):
    holders = (promise.first_id, promise.second_id)
    return not promise.cluster.ended_at and any(
        seat.roles & {Role.CORE, Role.FACILITATOR} or seat.key in holders
        for seat in request.reader.in_cluster(promise.cluster_id)
    )


def _source(request, name, rule, cluster):
    """The meeting or decision that the address names; None if it names none."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    key = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    found = visible(request.reader, rule).filter(pk=key, cluster=cluster).first()
    if found is None:
        raise Http404
    return found


def _back(request, promise, sentence):
    messages.success(request, sentence)
    return redirect(promise)
