"""The shared picture: of a round, of one instrument, of one figure; and a programme's figures."""

from django.http import Http404
from django.shortcuts import render

from hedgerow.diagnostics import rules
from hedgerow.diagnostics.queries import figures, pictures, programme
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.diagnostics.questions.instruments import Scored
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.access import door, may, visible


@door(rules.SEE_ROUNDS)
def picture(request, round, by):
    stands = status_of([round])[round.pk]
    askings = sorted(stands.askings, key=_needs_first)
    words = _words(request, round, askings, stands)
    found = words["picture"]
    return render(
        request,
        "diagnostics/picture.html",
        {
            **words,
            "news": pictures.news_of(found, is_open=round.is_open),
            "is_all_in": all(member.has_answered for member in stands.members),
        },
    )


@door(rules.SEE_ASKINGS)
def asking_picture(request, asking, by):
    stands = status_of([asking.round])[asking.round_id]
    words = _words(request, asking.round, [asking], stands, whole=True)
    part = words["picture"].parts[0]
    return render(
        request, "diagnostics/asking_picture.html", {**words, "part": part, "is_whole": True}
    )


@door(rules.SEE_ASKINGS)
def figure(request, asking, by, figure):
    try:
        found = figures.figure_of(request.reader, asking, figure)
    except LookupError as unknown:
        raise Http404 from unknown
    request.is_invented = asking.round.cluster.is_example
    words = {
        "cluster": asking.round.cluster,
        "asking": asking,
        "name": instrument_of(asking.text).name,
        "figure": found,
    }
    return render(request, "diagnostics/figure.html", words)


@door(rules.SEE_FIGURES)
def programme_figures(request, programme_, by):
    request.is_invented = programme_.is_example
    found = programme.figures_of(request.reader, programme_)
    return render(
        request, "diagnostics/programme_figures.html", {"programme": programme_, "found": found}
    )


def _words(request, round, askings, stands, *, whole=False):
    request.is_invented = round.cluster.is_example
    for asking in askings:
        asking.round = round  # known already
    going_on = not round.cluster.ended_at
    return {
        "cluster": round.cluster,
        "round": round,
        "stands": stands,
        "picture": pictures.picture_of_round(request.reader, round, askings, whole=whole),
        "own_asked": [] if round.is_open or not going_on else _own_asked(request.reader, round),
        "is_going_on": going_on,
        "may_run": going_on and may(request.reader, rules.RUN_ROUND, pk=round.pk),
    }


def _own_asked(reader, round):
    """(key of a membership, organisation) for which the reader can agree to something."""
    mine = visible(reader, rules.CONSENT).filter(cluster=round.cluster_id)
    return list(mine.values_list("pk", "organisation"))


def _needs_first(asking):
    return instrument_of(asking.text).scored is not Scored.NEEDS
