"""Into the example, as any of its people: they are roles, and nobody's."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.people import actions
from hedgerow.people.access import keyed, lobby
from hedgerow.people.models import Programme, User

from .signing_in import begin


@require_POST
@lobby("The people of the example are invented: whoever likes may be one of them.")
def example_sign_in(request, pk):
    user = User.objects.filter(pk=pk, is_example=True, is_active=True).first()
    if user is None or not Programme.objects.filter(is_example=True).exists():
        raise Http404
    actions.enter_example(by=Actor(person=user.pk), user=user)
    begin(request, user, is_kept=False, has_shown=True)
    return redirect("home")


@keyed("demo")
def demo_link(request, link, by):
    """Shows as whom; the button signs in, once."""
    user = User.objects.get(pk=link.person)
    words = {"who": user, "refusal": ""}
    if request.method != "POST":
        return render(request, "people/demo_link.html", words)
    try:
        actions.enter_example(by=by, user=user, link=link)
    except Refused as refused:
        words["refusal"] = str(refused)
        return render(request, "people/demo_link.html", words, status=409)
    begin(request, user, is_kept=False, has_shown=True)
    return redirect("home")
