"""What a cluster shows to the world, and its picture as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST

from hedgerow.charter import actions, rules
from hedgerow.charter.forms.profile import LogoForm, ProfileForm
from hedgerow.charter.queries import profile as queries
from hedgerow.core.actions import Refused
from hedgerow.people.access import door, lobby, may
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt


@door(rules.SEE_CHARTER)
def profile(request, cluster, by):
    return _profile_page(request, cluster)


@door(rules.EDIT_PROFILE)
def write_profile(request, cluster, by):
    if request.method != "POST":
        return _write_page(request, cluster, ProfileForm.of(queries.profile_of(cluster)))
    form = ProfileForm(request.POST)
    status = attempt(form, lambda **said: actions.write_profile(by=by, cluster=cluster, **said))
    if status != DONE:
        return _write_page(request, cluster, form, status)
    messages.success(request, "It is written down as you said it.")
    return redirect("charter:profile", cluster.pk)


@door(rules.EDIT_PROFILE)
def set_logo(request, cluster, by):
    if request.method != "POST":
        return _logo_page(request, cluster, LogoForm())
    form = LogoForm(request.POST, request.FILES)
    status = attempt(form, lambda **said: actions.set_logo(by=by, cluster=cluster, **said))
    if status != DONE:
        return _logo_page(request, cluster, form, status)
    messages.success(request, "This is your picture now.")
    return redirect("charter:profile", cluster.pk)


@require_POST
@door(rules.EDIT_PROFILE)
def remove_logo(request, cluster, by):
    try:
        actions.remove_logo(by=by, cluster=cluster)
    except Refused as refused:
        return _profile_page(request, cluster, refusal=str(refused), status=409)
    messages.success(request, "The picture is gone.")
    return redirect("charter:profile", cluster.pk)


@door(rules.SEE_LOGO, field="profile__cluster")
def logo(request, logo, by):
    return _png(request, logo)


@lobby("A cluster that wants a page shows its picture to everyone.")
def public_logo(request, slug):
    logo = queries.public_logo(slug)
    if logo is None:
        raise Http404
    return _png(request, logo)


def _png(request, logo):
    """The browser may keep it, and asks each time whether it is still so: a page that was closed
    is closed at once."""
    response = HttpResponse(bytes(logo.png), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = 'inline; filename="logo.png"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag = f'"{logo.digest}"'
    return get_conditional_response(request, etag=etag, response=response)


def _profile_page(request, cluster, *, refusal="", status=200):
    request.is_invented = cluster.is_example
    may_write = may(request.reader, rules.EDIT_PROFILE, pk=cluster.pk)
    words = {
        "cluster": cluster,
        "face": queries.face_of(cluster),
        "is_open": queries.is_open(cluster),
        "may_write": may_write and not cluster.ended_at,
        "refusal": refusal,
    }
    return render(request, "charter/profile.html", words, status=status)


def _write_page(request, cluster, form, status=200):
    """After a clash the newest version stands in the form: sending it again decides."""
    request.is_invented = cluster.is_example
    stands = queries.profile_of(cluster)
    words = {
        "cluster": cluster,
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else stands.version,
        "face": queries.face_of(cluster),
        "is_clash": status == REFUSED,
    }
    return render(request, "charter/write_profile.html", words, status=status)


def _logo_page(request, cluster, form, status=200):
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "form": form, "face": queries.face_of(cluster)}
    return render(request, "charter/set_logo.html", words, status=status)
