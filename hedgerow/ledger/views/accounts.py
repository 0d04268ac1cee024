"""The account: one statement of an award, as it stood on any day."""

from django.shortcuts import render

from hedgerow.core import clock
from hedgerow.ledger import rules
from hedgerow.ledger.forms.money import AtForm
from hedgerow.ledger.queries import accounts as queries
from hedgerow.look.words import day
from hedgerow.people.access import door, may

from .pages import fresh


@door(rules.SEE_AWARD)
def account(request, award, by):
    award = fresh(award)
    form, on, status = AtForm(award=award), clock.today(), 200
    if "on" in request.GET:
        form = AtForm(request.GET, award=award)
        if form.is_valid():
            on = form.cleaned_data["on"] or on
        else:
            status = 422
    request.is_invented = award.cluster.is_example
    reader, is_now = request.reader, on == clock.today()
    manages = queries.is_manager_of(reader, award)
    words = {
        "award": award,
        "cluster": award.cluster,
        "form": form,
        "on": on,
        "is_now": is_now,
        "page": queries.account_of(reader, award, on),
        "runs": manages and award.is_open and is_now,
        "answers": manages and award.is_open and is_now and not award.cluster.ended_at,
        "draws": award.is_open and queries.may_draw(reader, award),
        "tells": award.is_open
        and is_now
        and not award.cluster.ended_at
        # Every award has a part; not every one has a condition, and who tells of both is the same.
        and may(reader, rules.TELL_INSTALMENT, award=award),
        "released_aside": "" if is_now else f"As they stand on {day(clock.today())}",
        "reads_board": manages,
    }
    return render(request, "ledger/account.html", words, status=status)
