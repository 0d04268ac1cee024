"""What a cluster has put to the vote, proposing something, and one decision from open to closed."""

import csv
import io
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.agreements import actions, rules
from hedgerow.agreements.forms.decisions import (
    LogForm,
    ProposalForm,
    RemarkForm,
    ReopenForm,
    VoiceForm,
    WithdrawForm,
    choice_of,
)
from hedgerow.agreements.models import Meeting
from hedgerow.agreements.queries import decision_log
from hedgerow.agreements.queries import decisions as queries
from hedgerow.agreements.queries import ways as way_queries
from hedgerow.agreements.queries.voices import may_withdraw
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.look.words import weekday
from hedgerow.people.access import door, may, visible
from hedgerow.people.readers import LiveSeat

# --- the log


@door(rules.SEE_AGREEMENTS)
def decisions(request, cluster, by):
    form, words, outcome, found = _found(request, cluster)
    pages = Paginator(found, decision_log.A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "cluster": cluster,
        "form": form,
        "overview": decision_log.overview_of(_decisions(request, cluster)),
        "page": page,
        "lines": decision_log.lines_of(list(page)),
        "is_search": bool(words or outcome),
        "asked": _asked(words, outcome),
        "may_propose": not cluster.ended_at and may(request.reader, rules.PROPOSE, pk=cluster.pk),
        "today": clock.today(),
    }
    return render(request, "agreements/decisions.html", context)


@door(rules.SEE_AGREEMENTS)
def decisions_file(request, cluster, by):
    """What the log shows, all of its pages, as a spreadsheet reads it."""
    _, _, _, found = _found(request, cluster)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(decision_log.log_rows(list(found)))
    name = f"{cluster.slug}-decisions-{clock.today()}.csv"
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _found(request, cluster):
    form = LogForm(request.GET or None)
    words, outcome = LogForm(request.GET).asked()
    decisions = _decisions(request, cluster)
    return form, words, outcome, decision_log.log_of(decisions, words=words, outcome=outcome)


def _decisions(request, cluster):
    return visible(request.reader, rules.SEE_DECISION).filter(cluster=cluster)


def _asked(words, outcome):
    """What was searched for, for the links to other pages and to the file."""
    asked = QueryDict(mutable=True)
    asked.update({name: said for name, said in (("q", words), ("outcome", outcome)) if said})
    return asked.urlencode()


# --- a proposal


@door(rules.PROPOSE)
def propose(request, cluster, by):
    meeting = _meeting(request, cluster)
    ways = way_queries.way_lines(cluster)
    form = ProposalForm(
        request.POST or None, ways=ways, initial=_first_answers(ways, request.GET.get("way", ""))
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decision = actions.propose(
                    by=by, cluster=cluster, meeting=meeting, **form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(
                    request, f"It is open until {weekday(form.cleaned_data['closes_on'])}."
                )
                return redirect(decision)
    context = {"cluster": cluster, "meeting": meeting, "form": form, "ways": ways}
    return render(request, "agreements/decision_new.html", context, status=status)


def _first_answers(ways, wanted):
    chosen = next((line for line in ways if line.slug == wanted), ways[0])
    closes_on = clock.today() + timedelta(days=chosen.way.open_days)
    return {"way": chosen.slug, "closes_on": closes_on}


def _meeting(request, cluster) -> Meeting | None:
    """The meeting in which it is proposed, if one is named."""
    named = request.GET.get("meeting", "")
    if not named:
        return None
    here = visible(request.reader, rules.SEE_MEETING).filter(cluster=cluster)
    found = here.filter(pk=int(named)).first() if _is_key(named) else None
    if found is None:
        raise Http404
    return found


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


# --- one decision


@door(rules.SEE_DECISION)
def decision(request, decision, by):
    return decision_page(request, decision)


@require_POST
@door(rules.SPEAK)
def speak(request, decision, by):
    form = VoiceForm(request.POST, options=decision.options.all(), auto_id=_auto_id(by))
    if not form.is_valid():
        return decision_page(request, decision, voice_form=form, at=by, status=422)
    try:
        voice = actions.speak(by=by, decision=decision, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return decision_page(request, decision, voice_form=form, at=by, status=409)
    said = voice.get_stance_display().lower()
    messages.success(request, f"Your vote is in: {said}. You can change it until it closes.")
    return redirect(f"{decision.get_absolute_url()}#voices")


@require_POST
@door(rules.REMARK)
def remark(request, decision, by):
    form = RemarkForm(request.POST, auto_id="remark_%s")
    if not form.is_valid():
        return decision_page(request, decision, remark_form=form, status=422)
    try:
        actions.remark(by=by, decision=decision, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return decision_page(request, decision, remark_form=form, status=409)
    messages.success(request, "Your remark stands with the proposal.")
    return redirect(f"{decision.get_absolute_url()}#discussion")


@require_POST
@door(rules.TAKE_BACK_REMARK)
def take_back_remark(request, remark, by):
    try:
        actions.take_back_remark(by=by, remark=remark)
    except Refused as refused:
        return decision_page(request, remark.decision, refusal=str(refused), status=409)
    messages.success(request, "Your remark is taken back. That it was there stays.")
    return redirect(f"{remark.decision.get_absolute_url()}#discussion")


@require_POST
@door(rules.CLOSE_DECISION)
def close_decision(request, decision, by):
    try:
        closed = actions.close(by=by, decision=decision)
    except Refused as refused:
        return decision_page(request, decision, refusal=str(refused), status=409)
    messages.success(request, f"Closed: {closed.get_outcome_display().lower()}.")
    return redirect(closed)


@door(rules.CLOSE_DECISION)
def withdraw_decision(request, decision, by):
    form = WithdrawForm(request.POST or None, initial={"version": decision.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.withdraw(by=by, decision=decision, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                decision.refresh_from_db()
                form.data = {**form.data.dict(), "version": decision.version}
                status = 409
            else:
                messages.success(request, "It is withdrawn. It stays in the log, with your reason.")
                return redirect(decision)
    context = {"decision": decision, "cluster": decision.cluster, "form": form}
    return render(request, "agreements/decision_withdraw.html", context, status=status)


@door(rules.REOPEN)
def reopen(request, decision, by):
    page = queries.decision_page(decision)
    closes_on = clock.today() + timedelta(days=page.way.open_days)
    form = ReopenForm(request.POST or None, initial={"closes_on": closes_on})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                again = actions.reopen(by=by, decision=decision, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, "It is open again, under a number of its own.")
                return redirect(again)
    context = {
        "decision": decision,
        "cluster": decision.cluster,
        "page": page,
        "may_ask": queries.may_ask_again(page, [by.for_organisation]) or bool(form.errors),
        "form": form,
    }
    return render(request, "agreements/decision_reopen.html", context, status=status)


@dataclass(frozen=True, kw_only=True)
class OwnVote:
    """A form in which the reader votes for one organisation."""

    ident: str  # of its place on the page: "vote", where the first one is
    seat: LiveSeat
    organisation: str
    form: VoiceForm
    now: str  # what it says now: "Agrees"; empty while it has not spoken


def decision_page(
    request, decision, *, voice_form=None, at=None, remark_form=None, refusal="", status=200
):
    """`voice_form`: one that was not taken, of the seat `at`."""
    page = queries.decision_page(decision)
    cluster = decision.cluster
    is_going_on = cluster.ended_at is None
    can_vote = decision.is_open and not page.is_past and is_going_on
    votes = _own_votes(request, decision, page, voice_form, at) if can_vote else []
    speaks_for = {
        seat.organisation for seat in queries.voices_here(request.reader, decision.cluster_id)
    }
    may_lead = (
        decision.is_open
        and is_going_on
        and may(request.reader, rules.CLOSE_DECISION, pk=decision.pk)
    )
    context = {
        "cluster": cluster,
        "decision": decision,
        "page": page,
        "can_vote": can_vote,
        "votes": votes,
        "own": speaks_for,
        "idle": _idle(request, decision) if can_vote and not votes else [],
        "answers": _keys(request, rules.ANSWER_RECORDED, decision) if is_going_on else set(),
        "may_record": can_vote and may(request.reader, rules.RECORD_VOICE, pk=decision.pk),
        "may_close": may_lead,
        "may_withdraw": may_lead
        and any(
            may_withdraw(decision, seat=seat.key, organisation=seat.organisation)
            for seat in request.reader.in_cluster(decision.cluster_id)
        ),
        "not_yet": queries.what_closing_wants(page) if may_lead else "",
        "may_reopen": is_going_on and queries.may_ask_again(page, speaks_for),
        "may_remark": is_going_on and may(request.reader, rules.REMARK, pk=decision.pk),
        "own_remarks": _keys(request, rules.TAKE_BACK_REMARK, decision) if is_going_on else set(),
        "remark_form": remark_form or RemarkForm(auto_id="remark_%s"),
        "wrong": voice_form or remark_form,
        "lost_words": _lost_words(voice_form) if voice_form and not votes else "",
        "refusal": refusal,
    }
    return render(request, "agreements/decision.html", context, status=status)


def _own_votes(request, decision, page, sent, at) -> list[OwnVote]:
    voiced = {one.organisation_key: one.organisation for one in page.voices} | dict(page.silent)
    found = []
    for seat in queries.voices_here(request.reader, decision.cluster_id):
        if seat.organisation not in voiced:
            continue
        voice = page.voice_of(seat.organisation)
        is_sent = sent is not None and at.for_organisation == seat.organisation
        form = sent if is_sent else voice_form(decision, voice, f"v{seat.organisation}_%s")
        name = voiced[seat.organisation]
        found.append(
            OwnVote(
                ident=f"vote-{seat.organisation}" if found else "vote",
                seat=seat,
                organisation=name,
                form=form,
                now=voice.says if voice else "",
            )
        )
    return found


def voice_form(decision, voice, auto_id: str, *, say: str = "") -> VoiceForm:
    """Not sent yet: with what the organisation says now, or with what a letter proposes."""
    options = list(decision.options.all())
    initial = {"choice": say}
    if voice and not say:
        initial = {
            "choice": choice_of(voice.stance, voice.position),
            "reason": voice.reason,
            "had_to_check_back": voice.had_to_check_back,
        }
    return VoiceForm(options=options, initial=initial, auto_id=auto_id)


def _auto_id(by) -> str:
    return f"v{by.for_organisation}_%s"


def _lost_words(form) -> str:
    """What somebody wrote into a form that is not shown any more."""
    return form.data.get("reason", "").strip()


def _idle(request, decision) -> list[LiveSeat]:
    return queries.idle_deputies(request.reader, decision.cluster_id)


def _keys(request, rule, decision) -> set[int]:
    return set(visible(request.reader, rule).filter(decision=decision).values_list("pk", flat=True))
