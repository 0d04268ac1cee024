"""Putting ideas together, taking one apart, taking one off, and marking quick wins."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import ideas as cards
from hedgerow.focus.actions import shaping as actions
from hedgerow.focus.forms.ideas import MergeForm, QuickWinForm, SplitForm, WithdrawIdeaForm
from hedgerow.focus.queries.ideas_held import holds_of, is_held, live_ideas
from hedgerow.look.words import listed
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, WRONG, attempt

from .ideas import show_idea


@door(rules.SHAPE_LIST)
def merge_ideas(request, cluster, by):
    """The ticks of the long list come with the address, ?idea=3&idea=5, and can be changed here."""
    live = live_ideas(cluster)
    free = [idea for idea in live if not is_held(idea)]
    asked = {*request.GET.getlist("idea"), *request.POST.getlist("idea")}
    # What is sent although it is held goes through, so that the refusal says where it stands.
    chosen = [it for it in (live if request.POST else free) if str(it.pk) in asked]
    offered = chosen if len(chosen) >= actions.LEAST_MERGED else free
    form, status = MergeForm.of(chosen, offered=offered), 200
    if request.method == "POST":
        form = MergeForm(request.POST, offered=offered)
        status = attempt(form, lambda **said: actions.merge_ideas(by=by, cluster=cluster, **said))
        if status == DONE:
            made = form.cleaned_data["title"]
            messages.success(request, f"They are one idea now: “{made}”.")
            return redirect("focus:ideas", cluster.pk)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "form": form,
        "chosen": chosen if offered is chosen else [],
        "n_offered": len(offered),
    }
    return render(request, "focus/ideas_merge.html", words, status=status)


@require_POST
@door(rules.SHAPE_IDEA)
def mark_quick_win(request, idea, by):
    form = QuickWinForm(request.POST)
    if not form.is_valid():
        refusal = "This button was not sent whole. Press it again."
        return show_idea(request, idea, refusal=refusal, status=WRONG)
    try:
        idea = cards.mark_quick_win(by=by, idea=idea, **form.cleaned_data)
    except Refused as refused:
        return show_idea(request, idea, refusal=str(refused), status=409)
    said = "is a quick win" if idea.is_quick_win else "is no quick win any more"
    messages.success(request, f"“{idea}” {said}.")
    return redirect(idea)


@door(rules.SHAPE_IDEA)
def split_idea(request, idea, by):
    if request.method != "POST":
        return _page(request, idea, "focus/idea_split.html", SplitForm(), held=holds_of([idea]))
    form = SplitForm(request.POST)
    status = attempt(form, lambda **said: actions.split_idea(by=by, idea=idea, **said))
    if status != DONE:
        return _page(request, idea, "focus/idea_split.html", form, status)
    parts = listed(f"“{title}”" for title, _ in form.cleaned_data["parts"])
    messages.success(request, f"“{idea}” is {parts} now.")
    return redirect("focus:ideas", idea.cluster_id)


@door(rules.SHAPE_IDEA)
def withdraw_idea(request, idea, by):
    if request.method != "POST":
        held = holds_of([idea])
        return _page(request, idea, "focus/idea_withdraw.html", WithdrawIdeaForm(), held=held)
    form = WithdrawIdeaForm(request.POST)
    status = attempt(form, lambda **said: actions.withdraw_idea(by=by, idea=idea, **said))
    if status != DONE:
        return _page(request, idea, "focus/idea_withdraw.html", form, status)
    messages.success(request, f"“{idea}” is off the long list. It stays to be read.")
    return redirect("focus:ideas", idea.cluster_id)


def _page(request, idea, template, form, status=200, held=()):
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
    }
    return render(request, template, words, status=status)
