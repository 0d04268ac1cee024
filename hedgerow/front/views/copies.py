"""Take a copy: of all you may see, of what is your organisation's, of what is your cluster's."""

from django.http import FileResponse
from django.shortcuts import render
from django.utils.text import slugify

from hedgerow.core import clock, exports
from hedgerow.front import actions, queries
from hedgerow.people import rules
from hedgerow.people.access import door, hall


@hall(rules.SEE_SELF, fresh=True, acts=True)
def copy(request, people, by):
    """Shows what there is to take; the button hands it over."""
    if request.method != "POST":
        return render(request, "front/copy.html", {"copies": queries.copies_of(request.reader)})
    person = people.get()
    actions.take_copy(by=by, of=person)
    return _zip(queries.parts_for_person(request.reader), f"Everything that {person} may see")


@door(rules.DESCRIBE_ORGANISATION, fresh=True)
def organisation_copy(request, organisation, by):
    if request.method != "POST":
        return render(request, "front/copy_one.html", {"thing": organisation})
    actions.take_copy(by=by, of=organisation)
    return _zip(
        queries.parts_of_organisation(request.reader, organisation),
        f"What belongs to {organisation}",
    )


@door(rules.SEE_CLUSTER, fresh=True)
def cluster_copy(request, cluster, by):
    request.is_invented = cluster.is_example
    if request.method != "POST":
        return render(request, "front/copy_one.html", {"thing": cluster})
    actions.take_copy(by=by, of=cluster)
    return _zip(queries.parts_of_cluster(request.reader, cluster), f"What belongs to {cluster}")


def _zip(parts, of: str) -> FileResponse:
    name = f"hedgerow-{slugify(of)[:60]}-{clock.today()}.zip"
    return FileResponse(
        exports.zip_of(parts, of=of),
        as_attachment=True,
        filename=name,
        content_type="application/zip",
    )
