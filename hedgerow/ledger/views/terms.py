"""On what terms a programme makes awards: to be read before anybody begins, and to be set."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.ledger import actions, rules
from hedgerow.ledger.forms.terms import TermsForm
from hedgerow.ledger.queries import terms_now
from hedgerow.people.access import door, may
from hedgerow.people.readers import seat_words
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt


@door(rules.SEE_PROGRAMME_TERMS)
def terms(request, programme, by):
    found = terms_now(programme)
    request.is_invented = programme.is_example
    words = {
        "programme": programme,
        "terms": found,
        "conditions": _lines(found.conditions) if found else (),
        "set_by": seat_words(found.made_by) if found else "",
        "most": sum(one.most for one in found.criteria.all()) if found else 0,
        "sets": may(request.reader, rules.SET_TERMS, pk=programme.pk),
    }
    return render(request, "ledger/terms.html", words)


@door(rules.SET_TERMS)
def set_terms(request, programme, by):
    found = terms_now(programme)
    number, status, form = found.number if found else 0, 200, TermsForm.of(found)
    if "more" in request.POST:
        form, number = TermsForm.with_more_rows(request.POST), request.POST.get("number", "")
    elif request.method == "POST":
        form = TermsForm.typed(request.POST)
        status = attempt(form, lambda **said: actions.set_terms(by=by, programme=programme, **said))
        if status == DONE:
            messages.success(request, "The terms are set. Everybody at the table can read them.")
            return redirect("ledger:terms", programme.pk)
        if status == WRONG:
            number = request.POST.get("number", "")
    request.is_invented = programme.is_example
    words = {
        "programme": programme,
        "terms": found,
        "form": form,
        "number": number,
        "now": found if status == REFUSED else None,
    }
    return render(request, "ledger/set_terms.html", words, status=status)


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
