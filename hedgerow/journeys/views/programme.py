import csv
import io

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.journeys import actions, packs, queries, rules
from hedgerow.journeys.forms import ClusterForm, DesignForm, StartForm
from hedgerow.look.words import about_minutes, count, first_up
from hedgerow.people.access import door, may, visible
from hedgerow.people.actions import create_cluster


@door(rules.SEE_BOARD)
def board(request, programme, by):
    table = queries.board(request.reader, programme)
    moves = visible(request.reader, rules.ANSWER_MOVE).filter(
        milestone__journey__cluster__programme=programme
    )
    waiting = queries.waiting_moves(moves)
    designs = (
        visible(request.reader, rules.SEE_DESIGN)
        .filter(programme=programme)
        .order_by("-loaded_at", "-pk")
    )
    context = {
        "programme": programme,
        "board": table,
        "waiting": waiting,
        "asks_aside": f"{first_up(count(len(waiting), 'thing'))}, {about_minutes(len(waiting))}",
        "designs": [(design, queries.name_of_design(design)) for design in designs],
        "runs": may(request.reader, rules.ADD_CLUSTER, pk=programme.pk),
        "today": clock.today(),
    }
    return render(request, "journeys/board.html", context)


@door(rules.SEE_BOARD)
def board_csv(request, programme, by):
    """The board's table, as a spreadsheet reads it."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerows(queries.board_rows(queries.board(request.reader, programme)))
    name = f"{programme.slug}-{clock.today()}.csv"
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@door(rules.ADD_CLUSTER)
def new_cluster(request, programme, by):
    form = ClusterForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                cluster = create_cluster(by=by, programme=programme, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(
                    request,
                    f"{cluster} is there. Start its journey, or bring in its organisations.",
                )
                return redirect("journeys:start", pk=cluster.pk)
    context = {"programme": programme, "form": form}
    return render(request, "journeys/new_cluster.html", context, status=status)


@door(rules.START_JOURNEY)
def start(request, cluster, by):
    designs = (
        visible(request.reader, rules.SEE_DESIGN)
        .filter(programme=cluster.programme_id)
        .order_by("-loaded_at", "-pk")
    )
    form = StartForm(request.POST or None, designs=designs)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                journey = actions.start_journey(by=by, cluster=cluster, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, f"The journey of {cluster} has begun.")
                return redirect(journey)
    context = {"cluster": cluster, "form": form, "designs": designs}
    return render(request, "journeys/start.html", context, status=status)


@door(rules.SEE_DESIGN)
def design(request, design, by):
    try:
        page = queries.design_page(design)
    except LookupError as unreadable:
        page, sentence = None, str(unreadable)
    else:
        sentence = ""
    programme = design.programme
    context = {
        "design": design,
        "name": queries.name_of_design(design),
        "programme": programme,
        "board_url": programme.get_absolute_url()
        if may(request.reader, rules.SEE_BOARD, pk=programme.pk)
        else "",
        "page": page,
        "sentence": sentence,
    }
    return render(request, "journeys/design.html", context)


@door(rules.LOAD_DESIGN)
def load_design(request, programme, by):
    """One that comes with Hedgerow, named by its slug, or a file of their own."""
    shipped = request.POST.get("shipped", "")
    form = DesignForm(request.POST or None, request.FILES or None)
    refusal, status = "", 200
    if shipped:
        form = DesignForm()
        if shipped not in packs.shipped_packs():
            raise Http404
    if request.method == "POST":
        status = 422
        if shipped or form.is_valid():
            text = packs.shipped_text(shipped) if shipped else form.cleaned_data["pack"]
            try:
                loaded = actions.load_design(by=by, programme=programme, text=text)
            except Refused as refused:
                refusal, status = str(refused), 409
            else:
                name = queries.name_of_design(loaded)
                messages.success(request, f"{name} is loaded. Journeys under way keep theirs.")
                return redirect(loaded)
    context = {
        "programme": programme,
        "shipped": queries.shipped_lines(),
        "form": form,
        "faults": form.faults,
        "refusal": refusal,
    }
    return render(request, "journeys/load_design.html", context, status=status)
