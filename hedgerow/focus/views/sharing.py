"""Sharing a budget out fairly: opening it, marking what one wants, closing it, and the outcome."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.agreements.queries.decisions import idle_deputies, voices_here
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import sharing as actions
from hedgerow.focus.forms.sharing import (
    CloseShareForm,
    GiveUpShareForm,
    MarksForm,
    OpenShareForm,
    RecordMarksForm,
)
from hedgerow.focus.queries import sharing as queries
from hedgerow.focus.queries.comparing import outcome_in
from hedgerow.focus.shares.told import outcome_words
from hedgerow.focus.shares.words import MARKS, REST, TIES
from hedgerow.look.words import first_low, weekday
from hedgerow.people.access import door, may, visible
from hedgerow.people.models import Organisation
from hedgerow.people.views.attempts import DONE, WRONG, attempt


@door(rules.SEE_FOCUS)
def share_outs(request, cluster, by):
    lines = queries.share_out_lines(cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "open_line": next((line for line in lines if line.is_open), None),
        "earlier": [line for line in lines if not line.is_open],
        "may_open": not cluster.ended_at
        and may(request.reader, rules.OPEN_SHARE_OUT, pk=cluster.pk),
    }
    return render(request, "focus/share_outs.html", words)


@door(rules.OPEN_SHARE_OUT)
def open_share_out(request, cluster, by):
    costed, uncosted = queries.ideas_to_cost(cluster)
    form = OpenShareForm(_sent(request), ideas=costed)
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda **said: actions.open_share_out(by=by, cluster=cluster, **said)
        )
        if status == DONE:
            until = weekday(form.cleaned_data["due_on"])
            messages.success(request, f"Every member is asked what it wants, until {until}.")
            return redirect("focus:share_outs", cluster.pk)
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "form": form, "costed": costed, "uncosted": uncosted}
    return render(request, "focus/open_share_out.html", words, status=status)


@door(rules.SEE_SHARE_OUTS)
def share_out(request, share_out, by):
    return show_share_out(request, share_out)


@door(rules.MARK)
def mark(request, share_out, by):
    now = queries.own_ballot(share_out, by.for_organisation)
    points = {int(key): n for key, n in now.points.items()} if now else None
    form = MarksForm(
        _sent(request),
        things=share_out.options.order_by("position"),
        marks=share_out.marks,
        points=points,
    )
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.mark(by=by, share_out=share_out, **said))
        if status == DONE:
            messages.success(
                request, "What you want is kept. You can change it until this is closed."
            )
            return redirect(share_out)
    words = {"form": form, "now": now, **_rules(share_out)}
    return _small(request, "focus/mark_share_out.html", share_out, words, status)


@door(rules.RECORD_MARKS)
def record_marks(request, share_out, by):
    page = queries.share_page(request.reader, share_out)
    form = RecordMarksForm(
        _sent(request),
        things=page.things,
        marks=share_out.marks,
        members=page.recordable,
        initial={"member": request.GET.get("member", "")},
    )
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda *, member, **said: actions.record_marks(
                by=by,
                share_out=share_out,
                organisation=Organisation.objects.get(pk=member),
                **said,
            ),
        )
        if status == DONE:
            messages.success(
                request, "Written down. It counts, and waits for that member to confirm it."
            )
            return redirect(share_out)
    words = {"form": form, "page": page, **_rules(share_out)}
    return _small(request, "focus/record_marks.html", share_out, words, status)


@require_POST
@door(rules.CONFIRM_MARKS)
def confirm_marks(request, ballot, by):
    def act():
        actions.confirm_marks(by=by, ballot=ballot)

    return _answered(request, ballot, act, "Confirmed. It is your own word from now on.")


@require_POST
@door(rules.CONFIRM_MARKS)
def undo_marks(request, ballot, by):
    def act():
        actions.undo_marks(by=by, ballot=ballot)

    said = "Undone. You have said nothing in it until you mark what you want."
    return _answered(request, ballot, act, said)


@door(rules.RUN_SHARE_OUT)
def close_share_out(request, share_out, by):
    form = CloseShareForm(_sent(request))
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda **said: actions.close_share_out(by=by, share_out=share_out, **said)
        )
        if status == DONE:
            messages.success(request, "Closed. This is what your shares pay for. Now talk it over.")
            return redirect(share_out)
    share_out.refresh_from_db()
    words = {
        "form": form,
        "page": queries.share_page(request.reader, share_out),
        "version": _version(form, share_out, status),
    }
    return _small(request, "focus/close_share_out.html", share_out, words, status)


@door(rules.RUN_SHARE_OUT)
def give_up_share_out(request, share_out, by):
    form = GiveUpShareForm(_sent(request))
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda **said: actions.give_up_share_out(by=by, share_out=share_out, **said)
        )
        if status == DONE:
            messages.success(request, "It is given up. It stays to be read, with your reason.")
            return redirect(share_out)
    share_out.refresh_from_db()
    words = {"form": form, "version": _version(form, share_out, status)}
    return _small(request, "focus/give_up_share_out.html", share_out, words, status)


def show_share_out(request, share_out, *, refusal="", status=200):
    """The page of one; with a refusal, after a button that did nothing."""
    share_out.refresh_from_db()
    cluster = share_out.cluster
    is_going_on = not cluster.ended_at
    mine = {seat.organisation for seat in request.reader.in_cluster(cluster.pk)} - {None}
    recorded = visible(request.reader, rules.CONFIRM_MARKS).filter(share_out=share_out)
    answers = set(recorded.values_list("pk", flat=True)) if is_going_on else set()
    words = {
        "mine": mine,
        "is_going_on": is_going_on,
        "refusal": refusal,
        **_rules(share_out),
    }
    page = queries.share_page(request.reader, share_out)
    words["to_confirm"] = [one for one in page.seen if one.waits and one.key in answers]
    if share_out.is_open or share_out.given_up_because:
        words |= _open_words(request, share_out, page, is_going_on)
        return _small(request, "focus/share_out.html", share_out, words, status)
    words |= {"outcome": outcome_words(outcome_in(share_out), mine)}
    return _small(request, "focus/share_out_closed.html", share_out, words, status)


def _open_words(request, share_out, page, is_going_on):
    can_mark = share_out.is_open and is_going_on
    seats = voices_here(request.reader, share_out.cluster_id)
    there = reverse("focus:mark", args=[share_out.pk])
    marked = {one.organisation_key for one in page.marked}
    members = {one.organisation_key: one.organisation for one in page.members}
    return {
        "page": page,
        "owns": [
            (members[seat.organisation], f"{there}?seat={seat.key}", seat.organisation in marked)
            for seat in seats
            if seat.organisation in members
        ]
        if can_mark
        else [],
        "idle": idle_deputies(request.reader, share_out.cluster_id) if can_mark else [],
        "is_late": share_out.is_open and share_out.due_on < clock.today(),
        "may_record": can_mark and may(request.reader, rules.RECORD_MARKS, pk=share_out.pk),
        "leads": can_mark and may(request.reader, rules.RUN_SHARE_OUT, pk=share_out.pk),
    }


def _sent(request):
    """Also where nothing is marked, which is a form without a field."""
    return request.POST if request.method == "POST" else None


def _rules(share_out):
    """Each rule in a sentence, as it was named before anybody marked anything."""
    return {
        "how": MARKS[share_out.marks],
        "rest": REST[share_out.completion],
        "ties": first_low(TIES[share_out.ties]),
    }


def _answered(request, ballot, act, said):
    try:
        act()
    except Refused as refused:
        return show_share_out(request, ballot.share_out, refusal=str(refused), status=409)
    messages.success(request, said)
    return redirect(ballot.share_out)


def _version(form, share_out, status):
    return form.data.get("version", "") if status == WRONG else share_out.version


def _small(request, template, share_out, words, status):
    cluster = share_out.cluster
    request.is_invented = cluster.is_example
    known = {"cluster": cluster, "share_out": share_out}
    return render(request, template, {**known, **words}, status=status)
