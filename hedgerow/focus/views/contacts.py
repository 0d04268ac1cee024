"""Whom to ask and what to check: the list, one line more, what came of one, and striking one out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import contacts as actions
from hedgerow.focus.forms.contacts import CameOfForm, ContactForm
from hedgerow.focus.models import Idea
from hedgerow.focus.queries import contacts as queries
from hedgerow.people.access import door, may, visible
from hedgerow.people.views.attempts import DONE, attempt


@door(rules.SEE_FOCUS)
def contacts(request, cluster, by):
    return _list(request, cluster, ContactForm(ideas=_ideas(cluster), initial=_asked(request)))


@require_POST
@door(rules.ADD_CONTACT)
def add_contact(request, cluster, by):
    form = ContactForm(request.POST, ideas=_ideas(cluster))
    status = attempt(form, lambda **said: actions.add_contact(by=by, cluster=cluster, **said))
    if status != DONE:
        return _list(request, cluster, form, status)
    messages.success(request, "It is on the list.")
    return redirect("focus:contacts", cluster.pk)


@door(rules.CHANGE_CONTACT)
def change_contact(request, contact, by):
    form = CameOfForm(request.POST or None, initial={"came_of": contact.came_of})
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.note_contact(by=by, contact=contact, **said))
        if status == DONE:
            messages.success(request, "It is written down.")
            return _to_the_list(contact)
    return _page(request, contact, form, status=status)


@door(rules.CHANGE_CONTACT)
def strike_contact(request, contact, by):
    """A GET shows the line with its buttons; a POST strikes it out."""
    if request.method != "POST":
        return redirect("focus:change_contact", contact.pk)
    try:
        actions.strike_contact(by=by, contact=contact)
    except Refused as refused:
        form = CameOfForm(initial={"came_of": contact.came_of})
        return _page(request, contact, form, refusal=str(refused), status=409)
    messages.success(request, "It is struck out.")
    return _to_the_list(contact)


def _list(request, cluster, form, status=200):
    """The lines by idea, and the form for one more, for whoever may add one."""
    may_add = not cluster.ended_at and may(request.reader, rules.ADD_CONTACT, pk=cluster.pk)
    changes = visible(request.reader, rules.CHANGE_CONTACT).filter(cluster=cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "groups": queries.contact_groups(cluster),
        "form": form if may_add else None,
        "changes": set() if cluster.ended_at else set(changes.values_list("pk", flat=True)),
    }
    return render(request, "focus/contacts.html", words, status=status)


def _ideas(cluster):
    return Idea.objects.filter(cluster=cluster, ended_at=None).order_by("number")


def _asked(request):
    """The idea from whose page one comes."""
    return {"idea": request.GET.get("idea", "")}


def _to_the_list(contact):
    there = reverse("focus:contacts", args=[contact.cluster_id])
    return redirect(f"{there}#{f'idea-{contact.idea_id}' if contact.idea_id else 'all'}")


def _page(request, contact, form, *, refusal="", status=200):
    contact.refresh_from_db()
    request.is_invented = contact.cluster.is_example
    words = {
        "cluster": contact.cluster,
        "contact": contact,
        "form": form,
        "is_sentence": contact.words.endswith((".", "?", "!", "…")),
        "stands": contact.struck_at is None and not contact.cluster.ended_at,
        "refusal": refusal,
    }
    return render(request, "focus/change_contact.html", words, status=status)
