from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.analysis.ground_rules import changes_between
from hedgerow.charter import actions, rules
from hedgerow.charter.forms.rules import RuleFileForm, RulesForm, RuleTestForm
from hedgerow.charter.queries import rules as queries
from hedgerow.charter.rule_files import write_rules
from hedgerow.core.actions import Refused, Stale
from hedgerow.people.access import door, may
from hedgerow.people.models import Role

LONGEST_NUMBER = 5  # digits of a version


@door(rules.SEE_CHARTER)
def ground_rules(request, cluster, by):
    return rules_page(request, cluster)


def rules_page(request, cluster, *, refusal="", status=200):
    """The rules as they stand; `?compare=1` sets an earlier version beside them."""
    state = queries.assent_state(cluster)
    texts = queries.rule_texts(state.rule_set)
    versions = queries.version_lines(cluster)
    notes = queries.rule_test_lines(cluster, queries.rule_names(cluster)) if versions else []
    person = request.reader.person
    mine = _own(request, cluster, state)
    seats = {own["seat"].organisation: own["seat"] for own in mine}
    context = {
        "cluster": cluster,
        "state": state,
        "rules": texts,
        "versions": versions,
        "notes": [(note, bool(person) and note.person_key == person.pk) for note in notes],
        "mine": mine,
        "agreed": [(line, seats.get(line.organisation_key)) for line in state.agreed],
        "compared": _compared(request, state),
        "to_ask": [(key, name, seats.get(key)) for key, name in state.to_ask],
        "writes": may(request.reader, rules.WRITE_RULES, pk=cluster.pk),
        "notes_tests": may(request.reader, rules.NOTE_RULE_TEST, pk=cluster.pk),
        "records": bool(state.rule_set)
        and may(request.reader, rules.RECORD_ASSENT, pk=state.rule_set.pk),
        "refusal": refusal,
    }
    request.is_invented = cluster.is_example
    return render(request, "charter/rules.html", context, status=status)


def _own(request, cluster, state):
    """For each organisation the reader speaks for here: its seat, what it said, and what changed
    since the version it agreed to before."""
    if state.rule_set is None:
        return []
    own = []
    for seat in request.reader.in_cluster(cluster.pk):
        if Role.CORE not in seat.roles:
            continue
        line = state.of(seat.organisation)
        before = 0 if line else queries.last_agreed(state.rule_set, seat.organisation)
        changes = queries.changes_since(state.rule_set, before) if before else ()
        since = f"Since version {before}"
        own.append({"seat": seat, "line": line, "since": since, "changes": changes})
    return own


def _compared(request, state):
    wanted = request.GET.get("compare", "")
    if not wanted:
        return None
    if state.rule_set is None or not wanted.isdecimal() or len(wanted) > LONGEST_NUMBER:
        raise Http404
    try:
        changes = queries.changes_since(state.rule_set, int(wanted))
        before = queries.texts_of_version(state.rule_set.cluster, int(wanted))
    except LookupError:
        raise Http404 from None
    heading = f"What changed since version {int(wanted)}"
    return {"number": int(wanted), "heading": heading, "changes": changes, "rules": before}


@door(rules.WRITE_RULES)
def edit_rules(request, cluster, by):
    """All the rules on one page. “preview” shows what would change, and lays nothing down."""
    newest = queries.newest_rule_set(cluster)
    if request.method != "POST":
        return _edit_page(request, cluster, newest, _fresh_form(cluster, newest))
    form = RulesForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, cluster, newest, form, status=422)
    asked = form.cleaned_data
    if "preview" in request.POST:
        again = RulesForm(rules=form.rules, after=asked["after"], came_from=asked["came_from"])
        again.initial["reason"] = asked.get("reason", "")
        return _edit_page(request, cluster, newest, again, proposed=form.rules)
    try:
        laid = actions.lay_down_rules(
            by=by,
            cluster=cluster,
            rules=form.rules,
            reason=asked.get("reason", ""),
            came_from=asked["came_from"],
            after=asked["after"],
        )
    except Stale as stale:
        return _stale_page(request, cluster, asked["after"], str(stale))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _edit_page(request, cluster, newest, form, status=409)
    messages.success(
        request, f"Version {laid.number} of the rules is laid down. Every member is asked."
    )
    return redirect("charter:rules", pk=cluster.pk)


def _fresh_form(cluster, newest):
    if newest:
        return RulesForm(rules=queries.rule_texts(newest), after=newest.number)
    template = queries.template_of(cluster)
    return RulesForm(rules=template.rules, came_from=template.came_from)


def _stale_page(request, cluster, was, sentence):
    """What was typed, as it was; sent again, it follows the version that has come. `was` is the
    number of the version it was written from, if it tells the truth."""
    newest = queries.newest_rule_set(cluster)
    data = request.POST.copy()
    last = newest.number if newest else 0
    data["after"] = str(last)
    form = RulesForm(data)
    form.add_error(None, sentence)
    since = queries.changes_since(newest, was) if 0 < was <= last else ()
    return _edit_page(request, cluster, newest, form, proposed=form.rules, since=since, status=409)


def _edit_page(request, cluster, newest, form, *, proposed=None, since=(), found=None, status=200):
    """`proposed`: rules whose changes are shown; `found`: the file they were read from."""
    shows = bool(newest and proposed)
    context = {
        "cluster": cluster,
        "newest": newest,
        "here": "Change them" if newest else "Lay them down",
        "form": form,
        "previews": shows,
        "changes": changes_between(queries.rule_texts(newest), proposed) if shows else (),
        "since": since,
        "found": found,
    }
    request.is_invented = cluster.is_example
    return render(request, "charter/edit_rules.html", context, status=status)


@door(rules.WRITE_RULES)
def import_rules(request, cluster, by):
    """Read a file, say what is wrong with it by line, and show what it would change. Nothing is
    laid down here."""
    is_sent = request.method == "POST"
    form = RuleFileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            newest = queries.newest_rule_set(cluster)
            filled = RulesForm(
                rules=form.found.rules,
                after=newest.number if newest else 0,
                came_from=form.found.came_from,
            )
            return _edit_page(
                request, cluster, newest, filled, proposed=form.found.rules, found=form.found
            )
        status = 422
    context = {"cluster": cluster, "form": form, "faults": form.faults}
    request.is_invented = cluster.is_example
    return render(request, "charter/import_rules.html", context, status=status)


@door(rules.SEE_CHARTER)
def rules_file(request, cluster, by):
    """The rules as they stand, as a file that can be changed and brought back."""
    newest = queries.newest_rule_set(cluster)
    if newest is None:
        raise Http404
    text = write_rules(
        queries.rule_texts(newest), version=newest.number, came_from=newest.came_from
    )
    name = f"{cluster.slug}-rules-{newest.number}.yaml"
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@door(rules.SEE_CHARTER)
def rules_sheet(request, cluster, by):
    """One page to print: the rules, and a line for each member to sign on."""
    state = queries.assent_state(cluster)
    if state.rule_set is None:
        raise Http404
    context = {"cluster": cluster, "state": state, "rules": queries.rule_texts(state.rule_set)}
    request.is_invented = cluster.is_example
    return render(request, "charter/rules_sheet.html", context)


@door(rules.NOTE_RULE_TEST)
def note_rule_test(request, cluster, by):
    newest = queries.newest_rule_set(cluster)
    if newest is None:
        raise Http404
    texts = queries.rule_texts(newest)
    form = RuleTestForm(
        request.POST if request.method == "POST" else None,
        rules=texts,
        initial={"slug": request.GET.get("rule", "")},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.note_rule_test(by=by, cluster=cluster, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, "Noted. It stands with the rules.")
                return redirect("charter:rules", pk=cluster.pk)
    request.is_invented = cluster.is_example
    context = {"cluster": cluster, "form": form}
    return render(request, "charter/note_rule_test.html", context, status=status)


@require_POST
@door(rules.TAKE_BACK_RULE_TEST)
def take_back_rule_test(request, rule_test, by):
    try:
        actions.take_back_rule_test(by=by, rule_test=rule_test)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The note is taken back.")
    return redirect("charter:rules", pk=rule_test.cluster_id)
