"""Pages for whoever comes by."""

from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse
from django.shortcuts import render

from hedgerow.front import queries
from hedgerow.people.access import lobby

PLAIN = "text/plain; charset=utf-8"


@lobby("It says what Hedgerow is.")
def front(request):
    shown = queries.shown()
    request.has_no_record = not shown.has_record
    return render(request, "front/front.html", {"shown": shown})


@lobby("The people of the example are invented: whoever likes may be one of them.")
def example(request):
    groups = queries.cast()
    if not groups:
        raise Http404
    request.is_invented = True
    words = {"groups": groups, "starters": queries.starters(groups)}
    return render(request, "front/example.html", words)


@lobby("It shows the parts that pages are made of, and nothing of anybody's.")
def look(request):
    if not queries.shown().has_example:
        raise Http404
    request.is_invented = True
    return render(request, "look/components.html")


@lobby("It says where to find help.")
def help_in_person(request):
    return render(request, "front/about/help.html")


@lobby("It says what is shared with whom.")
def sharing(request):
    return render(request, "front/about/sharing.html")


@lobby("It says for whom Hedgerow works and where it does not.")
def accessibility(request):
    return render(request, "front/about/accessibility.html")


@lobby("It says what is kept about people.")
def privacy(request):
    return render(request, "front/about/privacy.html")


@lobby("It says where the code is.")
def code(request):
    return render(request, "front/about/code.html")


@lobby("Whoever watches over the site asks whether it is up; nothing else is told.")
def healthz(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("not ok\n", content_type=PLAIN, status=503)
    return HttpResponse("ok\n", content_type=PLAIN)
