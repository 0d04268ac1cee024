"""The board of offers: for the programme's people, and the public ones for anybody."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.grants import rules
from hedgerow.grants.actions import opportunities as actions
from hedgerow.grants.forms.opportunities import EndForm, OpportunityForm
from hedgerow.grants.queries import opportunities as queries
from hedgerow.look.words import count, first_up
from hedgerow.people.access import door, hall, lobby, may, visible
from hedgerow.people.views.attempts import DONE, attempt


@hall(rules.SEE_OPPORTUNITIES)
def opportunities(request, rows):
    found = queries.offers(rows, clock.today())
    programmes = visible(request.reader, rules.POST_OPPORTUNITY).order_by("name")
    request.is_invented = any(line.is_example for line in (*found.open, *found.ended))
    context = {
        "offers": found,
        "counted": first_up(count(len(found.open), "offer")),
        "programmes": list(programmes),
    }
    return render(request, "grants/opportunities.html", context)


@lobby("Whoever posted them said that anybody may read them.")
def offers(request):
    return render(request, "grants/offers.html", {"lines": queries.public_offers(clock.today())})


@door(rules.SEE_OPPORTUNITIES)
def opportunity(request, row, by):
    return _offer_page(request, row, EndForm())


@door(rules.POST_OPPORTUNITY)
def post_opportunity(request, programme, by):
    request.is_invented = programme.is_example
    form, status = OpportunityForm(request.POST or None), 200
    if request.method == "POST":
        status = attempt(
            form, lambda **said: actions.post_opportunity(by=by, programme=programme, **said)
        )
        if status == DONE:
            messages.success(request, "It is posted. Everybody in the programme can find it.")
            return redirect("grants:opportunities")
    context = {"programme": programme, "form": form}
    return render(request, "grants/post_opportunity.html", context, status=status)


@door(rules.KEEP_OPPORTUNITY)
def change_opportunity(request, row, by):
    request.is_invented = row.programme.is_example
    form, status, version = OpportunityForm.of(row), 200, row.version
    if request.method == "POST":
        form, version = OpportunityForm(request.POST), _version_in(request)
        status = attempt(
            form,
            lambda **said: actions.change_opportunity(
                by=by, opportunity=row, version=version, **said
            ),
        )
        if status == DONE:
            messages.success(request, "Kept. It says that you looked today.")
            return redirect(row)
        row.refresh_from_db()
        version = row.version
    context = {"row": row, "form": form, "version": version}
    return render(request, "grants/change_opportunity.html", context, status=status)


@door(rules.KEEP_OPPORTUNITY)
def end_opportunity(request, row, by):
    form, status = EndForm(request.POST or None), 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda **said: actions.end_opportunity(
                by=by, opportunity=row, version=_version_in(request), **said
            ),
        )
        if status == DONE:
            messages.success(request, "It has ended, and stands apart with why.")
            return redirect("grants:opportunities")
        row.refresh_from_db()
    return _offer_page(request, row, form, status)


def _offer_page(request, row, form, status=200):
    request.is_invented = row.programme.is_example
    line = queries.line_of(row, clock.today())
    context = {
        "row": row,
        "line": line,
        "form": form,
        "keeps": not row.ended_at and may(request.reader, rules.KEEP_OPPORTUNITY, pk=row.pk),
    }
    return render(request, "grants/opportunity.html", context, status=status)


def _version_in(request) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0
