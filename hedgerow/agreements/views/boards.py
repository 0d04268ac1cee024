"""What each member's board says: a line a member, changed by that member alone."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.agreements import actions, rules
from hedgerow.agreements.forms.boards import BoardForm
from hedgerow.agreements.queries import boards as queries
from hedgerow.core.owners import Audience
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt


@door(rules.SEE_AGREEMENTS)
def boards(request, cluster, by):
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "lines": queries.board_lines(request.reader, cluster)}
    return render(request, "agreements/boards.html", words)


@door(rules.SAY_BOARD, fresh=True)
def say_board(request, member, by):
    if request.method != "POST":
        return _page(request, member, BoardForm.of(queries.board_of(member)))
    form = BoardForm(request.POST)
    status = attempt(form, lambda **said: actions.say_board(by=by, member=member, **said))
    if status != DONE:
        return _page(request, member, form, status)
    step = Audience(form.cleaned_data["audience"])
    messages.success(request, f"It is written down, for {step.label.lower()}.")
    return redirect("agreements:boards", member.cluster_id)


def _page(request, member, form, status=200):
    """After a clash the newest version stands in the form: sending it again decides."""
    board = queries.board_of(member)
    newest = board.version if board else 0
    request.is_invented = member.cluster.is_example
    words = {
        "cluster": member.cluster,
        "member": member,
        "form": form,
        "fields": [
            form[name] for name in ("must_agree", "meets_on", "answer", "answered_on", "words")
        ],
        "steps": [
            (step, queries.MEANS[step], choice)
            for step, choice in zip(queries.MEANS, form["audience"], strict=True)
        ],
        "version": form.data.get("version", "") if status == WRONG else newest,
        "audience": board.audience if board else Audience.ONLY_US,
        "now": board if status == REFUSED else None,
        "now_says": queries.sentence_of(board) if board else "",
    }
    return render(request, "agreements/say_board.html", words, status=status)
