from django.shortcuts import render

from hedgerow.grants import rules
from hedgerow.grants.queries.costs import costs_of
from hedgerow.people.access import door


@door(rules.SEE_GRANTS)
def costs(request, programme, by):
    request.is_invented = programme.is_example
    return render(
        request, "grants/costs.html", {"programme": programme, "page": costs_of(programme)}
    )
