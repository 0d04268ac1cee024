"""Being erased, on one's own page or by an operator: first the list of what goes, then the deed."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render

from hedgerow.core import erasures
from hedgerow.core.rooms import OnErasure
from hedgerow.people import actions, rules
from hedgerow.people.access import door, hall
from hedgerow.people.forms import ErasureForm

from .attempts import DONE, attempt


@hall(rules.ERASE_SELF, fresh=True, acts=True)
def erase_self(request, people, by):
    """Shows what would be erased; the button does it."""
    user = people.get()
    form = ErasureForm(request.POST or None, email=user.email)
    if request.method != "POST":
        return _page(request, "people/erase_self.html", user, form)
    status = attempt(form, lambda typed: actions.erase_person(by=by, user=user))
    if status != DONE:
        return _page(request, "people/erase_self.html", user, form, status)
    logout(request)
    messages.success(request, "You are erased here, and signed out everywhere.")
    return redirect("front")


@door(rules.ERASE_PERSON, fresh=True)
def erase_person(request, person, by):
    """The same for a person who asked an operator for it."""
    form = ErasureForm(request.POST or None, email=person.email)
    if request.method != "POST":
        return _page(request, "people/erase_person.html", person, form)
    status = attempt(form, lambda typed: actions.erase_person(by=by, user=person))
    if status != DONE:
        return _page(request, "people/erase_person.html", person, form, status)
    messages.success(request, "The person is erased, for good.")
    return redirect("people:account", person.pk)


def _page(request, template, person, form, status=200):
    lines = erasures.lines_for(person.pk, person.email)
    words = {
        "person": person,
        "form": form,
        "lines": [line for line in lines if line.what is not OnErasure.KEEP],
        "kept": [line for line in lines if line.what is OnErasure.KEEP],
    }
    return render(request, template, words, status=status)
