"""The programme's page: what waits for its manager, its awards with their sums, plans under way."""

import csv
import io

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from hedgerow.core import clock
from hedgerow.grants import rules
from hedgerow.grants.queries.awarding_programme import (
    award_lines,
    award_rows,
    awards_under,
    totals_of,
)
from hedgerow.grants.queries.awarding_under_way import plan_lines
from hedgerow.grants.queries.awarding_waiting import waiting_in
from hedgerow.people.access import door

A_PAGE = 50  # awards, or plans


@door(rules.SEE_GRANTS)
def programme(request, programme, by):
    awards = Paginator(awards_under(programme), A_PAGE).get_page(request.GET.get("page"))
    request.is_invented = programme.is_example
    words = {
        "programme": programme,
        "waiting": waiting_in([programme.pk]),
        "totals": totals_of(programme),
        "awards": awards,
        "lines": award_lines(awards),
        "plans": Paginator(plan_lines(programme), A_PAGE).get_page(request.GET.get("plans")),
        "today": clock.today(),
    }
    return render(request, "grants/programme.html", words)


@door(rules.SEE_GRANTS)
def programme_csv(request, programme, by):
    """All awards, as a spreadsheet reads them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(award_rows(award_lines(awards_under(programme))))
    name = f"{programme.slug}-awards-{clock.today()}.csv"
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
