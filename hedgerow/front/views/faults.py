"""What is said when a page cannot be shown. None tells what exists and what does not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from hedgerow.people.readers import ANYBODY

NOT_YOURS = "Your seat does not open this page."


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def not_allowed(request, exception=None):
    """The rule's sentence, for somebody who may know of the thing but not do this to it."""
    return render(request, "403.html", {"sentence": str(exception) or NOT_YOURS}, status=403)


def not_found(request, exception=None):
    """The same for what is not there and for what the reader may not know of. Whoever has not shown
    a second factor is told so on each of them."""
    reader = getattr(request, "reader", ANYBODY)
    words = {"waits_for_second_factor": reader.waits_for_second_factor}
    return render(request, "404.html", words, status=404)


def broken(request):
    # Without the request: what broke may be the session, or the database behind it.
    return HttpResponse(render_to_string("500.html"), status=500)
