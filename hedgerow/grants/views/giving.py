"""360Giving: files of others taken in, what members have from whom, and as whom we publish."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from hedgerow.core import uploads
from hedgerow.core.actions import Refused
from hedgerow.grants import rules
from hedgerow.grants.actions import giving as actions
from hedgerow.grants.forms.giving import GrantFileForm, LicenceForm, PublisherForm
from hedgerow.grants.giving.reading import read_grants
from hedgerow.grants.giving.telling import place_of
from hedgerow.grants.models import GrantFile, Publisher
from hedgerow.grants.queries import files as of_files
from hedgerow.grants.queries.members_have import members_have as queried
from hedgerow.grants.queries.open_facts import sifted_awards
from hedgerow.grants.queries.taking import preview_of
from hedgerow.people.access import door, visible
from hedgerow.people.rules import SEE_OWN_UPLOADS
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt

MOST_FAULTS_SHOWN = 200
MOST_HELD_SHOWN = 50  # awards that cannot be published
_GONE = "That file is not kept any more. Bring it again."


@door(rules.READ_GRANTS)
def grant_files(request, programme, by):
    request.is_invented = programme.is_example
    own = visible(request.reader, SEE_OWN_UPLOADS).filter(kind=actions.KIND)
    context = {
        "programme": programme,
        "lines": of_files.file_lines(),
        "waiting": of_files.waiting_lines(own),
    }
    return render(request, "grants/grant_files.html", context)


@door(rules.READ_GRANTS)
def grant_file(request, programme, by, file):
    row = visible(request.reader, rules.SEE_GRANT_FILES).filter(pk=file).first()
    if row is None:
        raise Http404
    request.is_invented = programme.is_example
    faults = of_files.faults_in(row)
    context = {
        "programme": programme,
        "line": of_files.line_of(row),
        "faults": faults[:MOST_FAULTS_SHOWN],
        "n_faults": len(faults),
    }
    return render(request, "grants/grant_file.html", context)


@door(rules.READ_GRANTS)
def read_grant_file(request, programme, by):
    request.is_invented = programme.is_example
    form, status = GrantFileForm(), 200
    if request.method == "POST":
        form = GrantFileForm(request.POST, request.FILES)
        upload, status = _keep(form, by)
        if upload:
            return redirect("grants:take_grants", programme.pk, upload.pk)
    context = {"programme": programme, "form": form}
    return render(request, "grants/read_grants.html", context, status=status)


@door(rules.READ_GRANTS)
def take_grants(request, programme, by, upload):
    """What the file would change; then a worker takes it over."""
    request.is_invented = programme.is_example
    upload = _own_upload(request, upload)
    form = LicenceForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_take(
                by=by,
                programme=programme,
                upload=upload,
                licence=form.cleaned_data["licence"],
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "It is being read. This page shows when that is done.")
            return redirect("grants:grant_files", programme.pk)
    preview = _preview(upload)
    refusal = refusal or ("" if preview else _GONE)
    context = {
        "programme": programme,
        "upload": upload,
        "preview": preview,
        "faults": _placed(preview),
        "form": form,
        "refusal": refusal,
    }
    status = REFUSED if refusal else WRONG if form.errors else 200
    return render(request, "grants/take_grants.html", context, status=status)


@door(rules.SEE_WHAT_MEMBERS_HAVE)
def members_have(request, cluster, by):
    request.is_invented = cluster.is_example
    lines = queried(cluster)
    context = {
        "cluster": cluster,
        "lines": lines,
        "without": [line.name for line in lines if not line.numbers],
        "n_files": GrantFile.objects.count(),
    }
    return render(request, "grants/members_have.html", context)


@door(rules.KEEP_PUBLISHER)
def publisher(request, programme, by):
    request.is_invented = programme.is_example
    row = Publisher.objects.filter(programme=programme).first()
    form, status = PublisherForm(initial=_said(row)), 200
    if request.method == "POST":
        form = PublisherForm(request.POST)
        status = attempt(
            form, lambda **said: actions.keep_publisher(by=by, programme=programme, **said)
        )
        if status == DONE:
            messages.success(request, "Kept. The programme’s awards are open data from now on.")
            return redirect("grants:open_data")
        if status == REFUSED:
            row = Publisher.objects.filter(programme=programme).first()
            form.data = {**form.data.dict(), "version": row.version if row else 0}
    found = sifted_awards([programme], with_example=True)
    context = {
        "programme": programme,
        "row": row,
        "form": form,
        "n_open": len(found.fit),
        "held_back": found.held_back[:MOST_HELD_SHOWN],
        "n_more": len(found.held_back[MOST_HELD_SHOWN:]),
    }
    return render(request, "grants/publisher.html", context, status=status)


def _said(row):
    if row is None:
        return {"version": 0}
    return {name: getattr(row, name) for name in ("version", "name", "org_id", "prefix", "licence")}


def _keep(form, by):
    """(the upload, 200), or (None, 422) with the sentence in the form."""
    if not form.is_valid():
        return None, WRONG
    given = form.cleaned_data["file"]
    try:
        return uploads.keep(given, by=by, kind=actions.KIND, name=given.name), 200
    except Refused as refused:
        form.add_error("file", str(refused))
        return None, WRONG


def _own_upload(request, key):
    """Another person's is not there."""
    own = visible(request.reader, SEE_OWN_UPLOADS).filter(pk=key, kind=actions.KIND).first()
    if own is None:
        raise Http404
    return own


def _preview(upload):
    """What the file says now; None if it is not kept any more."""
    try:
        with uploads.opened(upload) as stream:
            found = read_grants(stream, upload.name)
    except FileNotFoundError:
        return None
    return preview_of(found, upload.digest)


def _placed(preview):
    """Where, and what is wrong: as many as anybody reads."""
    faults = preview.faults[:MOST_FAULTS_SHOWN] if preview else ()
    return [(place_of(preview.name, preview.kind, one), one.sentence) for one in faults]
