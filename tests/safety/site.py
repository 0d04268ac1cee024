"""Pages of every kind of answer, and a form that does something, for the tests beside this file."""

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.people.access import lobby
from tests.safety.acts import begin


def inside(request):
    return HttpResponse(f"for {request.user}")


def file(request):
    return FileResponse(b"a,b\n", as_attachment=True, filename="copy.csv")


def kept(request):
    return HttpResponse("for one person", headers={"Cache-Control": "public, max-age=600"})


def broken(request):
    int(request.GET.get("name", "nobody"))


@lobby("for the tests")
def front(request):
    return HttpResponse("for anybody")


@lobby("for the tests")
def greeting(request):
    request.session["name"] = "Ann"
    return HttpResponse("for one person")


@lobby("for the tests")
def leaving(request):
    request.session.flush()
    return HttpResponse("you are out")


@lobby("for the tests")
def away(request):
    return HttpResponseRedirect("/front/")


@lobby("for the tests")
def broken_front(request):
    int(request.GET.get("name", "nobody"))


@lobby("for the tests")
def form(request):
    """POST slug=…: makes a programme, by whoever `person` says; answers as `how` says."""
    person = int(request.POST.get("person", 0)) or None
    try:
        made = begin(by=Actor(person=person), slug=request.POST["slug"])
    except Refused as refused:
        return HttpResponse(str(refused), status=409)
    how = request.POST.get("how", "redirect")
    if how == "handed back":
        return HttpResponse("counted, and wrong", status=422)
    if how == "part":
        return HttpResponse(f"made {made.slug}")
    if how == "htmx":
        return HttpResponse(status=204, headers={"HX-Redirect": f"/made/{made.pk}/"})
    return HttpResponseRedirect(f"/made/{made.pk}/")


urlpatterns = [
    path("inside/", inside),
    path("file/", file),
    path("kept/", kept),
    path("broken/", broken),
    path("front/", front),
    path("greeting/", greeting),
    path("leaving/", leaving),
    path("away/", away),
    path("broken-front/", broken_front),
    path("form/", form),
    path("sign-in/", include(([path("", front, name="sign_in")], "people"))),  # for the gate
]


def no_page(request, exception=None):
    return HttpResponse("no page", status=404)


def not_allowed(request, exception=None, reason=""):
    return HttpResponse("not allowed", status=403)


def bad_request(request, exception=None):
    return HttpResponse("bad request", status=400)


def fault(request):
    return HttpResponse("a fault", status=500)


handler400, handler403, handler404, handler500 = bad_request, not_allowed, no_page, fault
