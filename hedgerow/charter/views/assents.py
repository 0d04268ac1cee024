from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.charter import actions, rules
from hedgerow.charter.forms.rules import AssentForm, RecordAssentForm
from hedgerow.charter.queries import rules as queries
from hedgerow.charter.rule_letters import BY_LETTER
from hedgerow.core.actions import Refused
from hedgerow.people.access import door, keyed, visible

from .rules import rules_page


@door(rules.ASSENT)
def assent(request, rule_set, by):
    """The rules, what changed since the reader's organisation last agreed, and one button."""
    form = AssentForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.assent(by=by, rule_set=rule_set, **form.cleaned_data)
        except Refused as refused:
            return _assent_page(request, rule_set, by, form, refusal=str(refused), status=409)
        messages.success(request, f"Agreed: version {rule_set.number} holds for you.")
        return redirect("charter:rules", pk=rule_set.cluster_id)
    status = 422 if request.method == "POST" else 200
    return _assent_page(request, rule_set, by, form, status=status)


@keyed(BY_LETTER)
def assent_by_letter(request, link, by):
    """The same from a letter, without signing in, to the version the letter was about."""
    able = visible(request.reader, rules.ASSENT).filter(pk=link.about, number=link.version)
    rule_set = able.select_related("cluster").first()
    if rule_set is None:
        raise Http404
    form = AssentForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.assent(by=by, rule_set=rule_set, link=link, **form.cleaned_data)
        except Refused as refused:
            return _assent_page(
                request, rule_set, by, form, by_link=True, refusal=str(refused), status=409
            )
        return _assent_page(request, rule_set, by, form, by_link=True, is_done=True)
    status = 422 if request.method == "POST" else 200
    return _assent_page(request, rule_set, by, form, by_link=True, status=status)


def _assent_page(
    request, rule_set, by, form, *, by_link=False, refusal="", is_done=False, status=200
):
    """Where another version has come, there is no button: that one is to be read first."""
    state = queries.assent_state(rule_set.cluster)
    before = queries.last_agreed(rule_set, by.for_organisation)
    context = {
        "cluster": rule_set.cluster,
        "rule_set": rule_set,
        "newest": state.rule_set,
        "holds": state.rule_set.pk == rule_set.pk,
        "rules": queries.rule_texts(rule_set),
        "before": before,
        "changes": queries.changes_since(rule_set, before) if before else (),
        "line": state.of(by.for_organisation),
        "state": state,
        "form": form,
        "by_link": by_link,
        "is_done": is_done,
        "refusal": refusal,
    }
    request.is_invented = rule_set.cluster.is_example
    return render(request, "charter/assent.html", context, status=status)


@door(rules.RECORD_ASSENT)
def record_assent(request, rule_set, by, organisation):
    """What a member said by telephone, on paper or at a meeting, by the facilitator."""
    member = (
        queries.full_members(rule_set.cluster)
        .filter(organisation=organisation)
        .select_related("organisation")
        .first()
    )
    if member is None:
        raise Http404
    form = RecordAssentForm(_sent(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_assent(
                    by=by,
                    rule_set=rule_set,
                    organisation=member.organisation,
                    **form.cleaned_data,
                )
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(
                    request,
                    f"Written down for {member.organisation}. It counts, and they are asked to "
                    "confirm it.",
                )
                return redirect("charter:rules", pk=rule_set.cluster_id)
    context = {
        "cluster": rule_set.cluster,
        "rule_set": rule_set,
        "organisation": member.organisation,
        "form": form,
    }
    request.is_invented = rule_set.cluster.is_example
    return render(request, "charter/record_assent.html", context, status=status)


@door(rules.ANSWER_ASSENT)
def confirm_assent(request, assent, by):
    """What was written down for one's organisation, with a button for right and one for wrong."""
    refusal, status = "", 200
    if request.method == "POST":
        try:
            actions.confirm_assent(by=by, assent=assent)
        except Refused as refused:
            refusal, status = str(refused), 409
            assent.refresh_from_db()
        else:
            messages.success(request, "Confirmed. It is your organisation’s own word now.")
            return redirect("charter:rules", pk=assent.rule_set.cluster_id)
    rule_set = assent.rule_set
    newest = queries.newest_rule_set(rule_set.cluster)
    line = queries.assent_line(assent)
    context = {
        "cluster": rule_set.cluster,
        "rule_set": rule_set,
        "assent": line,
        "asks": line.waits and newest.pk == rule_set.pk,
        "rules": queries.rule_texts(rule_set),
        "refusal": refusal,
    }
    request.is_invented = rule_set.cluster.is_example
    return render(request, "charter/confirm_assent.html", context, status=status)


@require_POST
@door(rules.ANSWER_ASSENT)
def undo_assent(request, assent, by):
    return _answered(
        request, assent, by, actions.undo_assent, "Undone: your organisation has not agreed."
    )


@require_POST
@door(rules.ANSWER_ASSENT)
def take_back_assent(request, assent, by):
    return _answered(
        request,
        assent,
        by,
        actions.take_back_assent,
        "Taken back. That you had agreed stays in the history.",
    )


def _answered(request, assent, by, act, said):
    cluster = assent.rule_set.cluster
    try:
        act(by=by, assent=assent)
    except Refused as refused:
        return rules_page(request, cluster, refusal=str(refused), status=409)
    messages.success(request, said)
    return redirect("charter:rules", pk=cluster.pk)


def _sent(request):
    """Also where nothing stands in it, as a button alone sends it."""
    return request.POST if request.method == "POST" else None
