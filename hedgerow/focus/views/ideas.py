"""The long list, its cards, and where ideas come from."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import ideas as actions
from hedgerow.focus.forms.ideas import AddIdeaForm, ChangeIdeaForm
from hedgerow.focus.models import Source
from hedgerow.focus.queries import ideas as queries
from hedgerow.focus.queries.ideas_held import votes_on
from hedgerow.focus.queries.studies import idea_more
from hedgerow.people.access import door, may, visible
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt


@door(rules.SEE_FOCUS)
def long_list(request, cluster, by):
    is_going_on = not cluster.ended_at
    page = queries.long_list_page(cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "page": page,
        "may_add": is_going_on and may(request.reader, rules.ADD_IDEA, pk=cluster.pk),
        "may_merge": is_going_on
        and page.can_merge
        and may(request.reader, rules.SHAPE_LIST, pk=cluster.pk),
    }
    return render(request, "focus/ideas.html", words)


@door(rules.ADD_IDEA)
def add_idea(request, cluster, by):
    form = AddIdeaForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.add_idea(by=by, cluster=cluster, **said))
        if status == DONE:
            messages.success(request, f"“{form.cleaned_data['title']}” is on our long list.")
            return redirect("focus:ideas", cluster.pk)
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "form": form}
    return render(request, "focus/idea_new.html", words, status=status)


@door(rules.ADD_IDEA)
def idea_sources(request, cluster, by):
    """What an idea can be made of. One press makes it."""
    refusal, status = "", 200
    if request.method == "POST":
        try:
            made = actions.add_idea(by=by, cluster=cluster, **_prefilled(request, cluster))
        except Refused as refused:
            refusal, status = str(refused), 409
        else:
            messages.success(request, f"“{made}” is on our long list, with number {made.number}.")
            return redirect("focus:idea_sources", cluster.pk)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "sources": queries.sources(cluster),
        "is_going_on": not cluster.ended_at,
        "refusal": refusal,
    }
    return render(request, "focus/idea_sources.html", words, status=status)


@door(rules.SEE_IDEAS)
def idea(request, idea, by):
    return show_idea(request, idea)


@door(rules.SHAPE_IDEA)
def change_idea(request, idea, by):
    hints = queries.hints_of(idea)
    if request.method != "POST":
        form = ChangeIdeaForm.of(idea, hints)
        return _change_page(request, idea, form, held=votes_on([idea]))
    form = ChangeIdeaForm(request.POST, hints=hints)
    status = attempt(form, lambda **said: actions.change_idea(by=by, idea=idea, **said))
    if status != DONE:
        return _change_page(request, idea, form, status)
    messages.success(request, "The card is written anew. What it said before is kept below it.")
    return redirect(idea)


def show_idea(request, idea, *, refusal="", status=200):
    """The card; with a refusal, after a button that did nothing."""
    page = queries.idea_page(idea)
    idea = page.idea
    is_open = idea.is_live and not idea.cluster.ended_at
    own = {seat.organisation for seat in request.reader.in_cluster(idea.cluster_id)}
    request.is_invented = idea.cluster.is_example
    speaks = is_open and may(request.reader, rules.SAY_GAIN, pk=idea.pk)
    words = {
        "cluster": idea.cluster,
        "idea": idea,
        "page": page,
        "gains": [it for it in page.gains.own_first(own) if it.key or idea.is_live],
        "own": own,
        "is_held": is_open and not page.standing.can_write,
        "may_shape": page.standing.can_write
        and is_open
        and may(request.reader, rules.SHAPE_IDEA, pk=idea.pk),
        "may_say": speaks,
        "may_record": is_open and may(request.reader, rules.RECORD_GAIN, pk=idea.pk),
        "answers": _answers(request, idea),
        "more": idea_more(request.reader, idea),
        "refusal": refusal,
    }
    return render(request, "focus/idea.html", words, status=status)


def _answers(request, idea):
    """Keys of what was written down that the reader may confirm or undo."""
    if idea.cluster.ended_at:
        return set()
    gains = visible(request.reader, rules.CONFIRM_GAIN).filter(idea=idea, ended_at=None)
    return set(gains.values_list("pk", flat=True))


def _prefilled(request, cluster):
    """What the button that was pressed says of the card. Raises Http404 for no button of ours."""
    found = queries.sources(cluster)
    need, area = request.POST.get("need", ""), request.POST.get("area", "")
    for line in found.needs:
        if line.slug == need:
            return {
                "title": line.name,
                "words": f"{line.words} What could we do about it together?",
                "source": Source.PICTURE,
                "came_from": need,
            }
    for line in found.areas:
        if line.slug == area:
            return {
                "title": line.name,
                "words": line.words,
                "ingredients": line.takes,
                "time": line.time,
                "source": Source.CATALOGUE,
                "came_from": area,
            }
    raise Http404


def _change_page(request, idea, form, status=200, held=()):
    """After a clash the form holds what was typed, with the newest version: sending it again
    decides."""
    idea.refresh_from_db()
    request.is_invented = idea.cluster.is_example
    words = {
        "cluster": idea.cluster,
        "idea": idea,
        "form": form,
        "held": held,
        "version": form.data.get("version", "") if status == WRONG else idea.version,
        "now": queries.idea_page(idea) if status == REFUSED else None,
    }
    return render(request, "focus/idea_change.html", words, status=status)
