"""What a cluster is for, who draws the answers together, and by when."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.charter import actions, rules
from hedgerow.charter.forms.purpose import AnswersByForm, GathererForm, PurposeForm
from hedgerow.charter.queries import purpose as queries
from hedgerow.core.actions import Refused
from hedgerow.look.words import day
from hedgerow.people.access import door, may
from hedgerow.people.models import Seat
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt


@door(rules.SEE_CHARTER)
def purpose(request, cluster, by):
    return _purpose_page(request, cluster)


@door(rules.EDIT_CHARTER)
def write_purpose(request, cluster, by):
    if request.method != "POST":
        form = PurposeForm.of(queries.charter_of(cluster))
        return _form_page(request, cluster, "charter/write_purpose.html", form)
    form = PurposeForm(request.POST)
    status = attempt(form, lambda **said: actions.write_purpose(by=by, cluster=cluster, **said))
    if status != DONE:
        return _form_page(request, cluster, "charter/write_purpose.html", form, status=status)
    messages.success(request, "It is written down as you said it.")
    return redirect("charter:purpose", cluster.pk)


@door(rules.EDIT_CHARTER)
def gatherer(request, cluster, by):
    charter = queries.charter_of(cluster)
    seats = queries.seats_to_name(cluster)
    if request.method != "POST":
        form = GathererForm(seats=seats, initial={"seat": charter.gatherer_id})
        return _form_page(request, cluster, "charter/gatherer.html", form)
    form = GathererForm(request.POST, seats=seats)
    status = attempt(
        form,
        lambda seat, version: actions.name_gatherer(
            by=by, cluster=cluster, seat=Seat.objects.get(pk=seat), version=version
        ),
    )
    if status != DONE:
        return _form_page(request, cluster, "charter/gatherer.html", form, status=status)
    named = queries.gathering_of(queries.charter_of(cluster))
    said = "It is you." if named.agreed_on else f"{named.who}, is asked to say yes."
    messages.success(request, said)
    return redirect("charter:purpose", cluster.pk)


@require_POST
@door(rules.SAY_YES_TO_GATHERING)
def say_yes(request, charter, by):
    cluster = charter.cluster
    try:
        actions.say_yes(by=by, charter=charter)
    except Refused as refused:
        return _purpose_page(request, cluster, refusal=str(refused), status=409)
    messages.success(request, "Thank you. Everybody here can see that you said yes.")
    return redirect("charter:purpose", cluster.pk)


@door(rules.EDIT_CHARTER)
def answers_by(request, cluster, by):
    charter = queries.charter_of(cluster)
    if request.method != "POST":
        planned = queries.gathering_of(charter).planned_on
        form = AnswersByForm(initial={"on": charter.answers_by or planned})
        return _form_page(request, cluster, "charter/answers_by.html", form)
    form = AnswersByForm(request.POST)
    status = attempt(form, lambda **said: actions.set_answers_by(by=by, cluster=cluster, **said))
    if status != DONE:
        return _form_page(request, cluster, "charter/answers_by.html", form, status=status)
    messages.success(request, f"Every member answers by {day(form.cleaned_data['on'])}.")
    return redirect("charter:purpose", cluster.pk)


def _form_page(request, cluster, template, form, *, status=200):
    """After a clash the form holds what was typed, with the newest version: sending it again
    decides."""
    charter = queries.charter_of(cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else charter.version,
        "purpose": queries.purpose_of(charter),
        "gathering": queries.gathering_of(charter),
        "is_clash": status == REFUSED,
    }
    return render(request, template, words, status=status)


def _purpose_page(request, cluster, *, refusal="", status=200):
    charter = queries.charter_of(cluster)
    gathering = queries.gathering_of(charter)
    person = request.reader.person
    may_write = may(request.reader, rules.EDIT_CHARTER, pk=cluster.pk)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "charter": charter,
        "purpose": queries.purpose_of(charter),
        "gathering": gathering,
        "is_me": bool(person) and gathering.person == person.pk,
        "may_write": may_write and not cluster.ended_at,
        "refusal": refusal,
    }
    return render(request, "charter/purpose.html", words, status=status)
