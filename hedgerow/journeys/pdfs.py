"""What was handed in, as one PDF: the same as its page shows."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedgerow.analysis.plain import plain
from hedgerow.core.typeset import typeset
from hedgerow.look.words import first_up

from .queries.plan_views import PlanView
from .queries.return_views import ReturnView

if TYPE_CHECKING:
    from .queries.submission_pages import SubmissionPage

_TEMPLATES = Path(__file__).with_name("typst")


def plan_pdf(view: PlanView, *, on: date, status: str, words: str = "", answer: str = "") -> bytes:
    """`on`: the day it was handed in, and the date of the file. `status`: how it stands, in
    sentences. `words`: what the cluster says about it; `answer`: what the programme says. Raises
    what `typeset` raises."""
    view = replace(view, on=on)
    shown = {
        **plain(asdict(view)),
        "to_meet_on": [one.isoformat() for one in view.to_meet_on],
        "met_words": view.met_words,
        "left": view.left,
        "n_lines": view.n_lines,
        "objectives": [
            {
                **plain(asdict(one)),
                "strand": one.strand,
                "steps": [
                    {
                        **plain(asdict(step)),
                        "kind": step.kind,
                        "after_words": first_up(step.after_words),
                        "clash": step.clash,
                    }
                    for step in one.steps
                ],
            }
            for one in view.objectives
        ],
    }
    return _set("plan.typ", "Plan and budget", shown, on, status, words, answer)


def return_pdf(
    view: ReturnView, *, on: date, status: str, words: str = "", answer: str = ""
) -> bytes:
    """As `plan_pdf`."""
    shown = {
        **plain(asdict(view)),
        "free": view.free,
        "planned": view.planned,
        "on_lines": list(view.on_lines),
        "off_lines": view.off_lines,
        "valued": view.valued,
        "objectives": [
            {
                **plain(asdict(one)),
                "steps": [
                    {**plain(asdict(told)), "became": told.became, "how": told.how}
                    for told in one.steps
                ],
            }
            for one in view.objectives
        ],
    }
    return _set("return.typ", "Return", shown, on, status, words, answer)


def submission_pdf(page: "SubmissionPage") -> bytes:
    line = page.line
    said = {
        "on": line.on,
        "status": line.stands,
        "words": line.words,
        "answer": line.answer_words,
    }
    if page.plan:
        return plan_pdf(page.plan, **said)
    assert page.returned
    return return_pdf(page.returned, **said)


def _set(
    template: str, title: str, view: dict[str, Any], on: date, status: str, words: str, answer: str
) -> bytes:
    data = {
        "title": f"{title} of {view['cluster']}",
        "cluster": view["cluster"],
        "on": on.isoformat(),
        "status": status,
        "words": words,
        "answer": answer,
        "view": view,
    }
    return typeset((_TEMPLATES / template).read_text(encoding="utf-8"), data)
