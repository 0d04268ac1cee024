"""Each thing that making the plan takes: what is there, what is missing, and where it is done."""

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from django.urls import reverse

from hedgerow.analysis.plan_sums import by_kind
from hedgerow.analysis.workplan import Workplan
from hedgerow.journeys import plan_words
from hedgerow.journeys.queries.parts import Part
from hedgerow.look.words import count, day, first_up, listed
from hedgerow.units import pounds

from .parts_facts import Facts
from .parts_gaps import Gap, boards_url, budget_url, gaps_of, last_day, plan_url

# Sentences of a design that the room can answer by itself: slug of the sentence -> part.
KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "looked-into": "reports",
        "focus-chosen": "focus",
        "objectives": "objectives",
        "who-does-what": "pairs",
        "timeline": "timeline",
        "how-we-will-know": "measures",
        "meetings-planned": "meetings",
        "budget": "budget",
        "boards-asked": "boards",
        "plan-agreed": "agreed",
    }
)
# What the stage wants even if its design says nothing of it.
ALWAYS = ("objectives", "behind", "pairs", "timeline")
# A shorter design has one sentence for two things: without a sentence of its own, this is answered
# with that.
_WITH: Mapping[str, str] = MappingProxyType(
    {
        "objectives": "plan-agreed",
        "pairs": "plan-agreed",
        "timeline": "plan-agreed",
        "meetings": "how-we-will-know",
    }
)


def planning_parts(facts: Facts, slugs: Collection[str]) -> dict[str, Part]:
    """By slug, in the order in which they are usually done; `slugs`: of the design's sentences.

    Where no stage works on a focus in its room, or nobody gives an award, there is no part to
    answer what is said of it: it is ticked.
    """
    wanted = {part for slug in slugs for part in answering_plan(slug, slugs)}.union(ALWAYS)
    gaps = gaps_of(facts)
    made = {slug: make(facts, gaps) for slug, make in _PARTS.items() if slug in wanted}
    return {slug: part for slug, part in made.items() if part is not None}


def answering_plan(slug: str, slugs: Collection[str]) -> tuple[str, ...]:
    """The parts that answer one sentence of a design that has these."""
    if slug not in KNOWN:
        return ()
    own = {KNOWN[one] for one in slugs if one in KNOWN}
    also = (part for part, carrier in _WITH.items() if carrier == slug and part not in own)
    return (KNOWN[slug], *also)


def _reports(facts: Facts, _: object) -> Part | None:
    focus = facts.focus
    if focus is None:
        return None
    there = [
        f"“{theme.title}”: reported on {day(theme.looked_into_on)}."
        for theme in focus.themes
        if theme.looked_into_on
    ]
    missing = [
        f"Nobody has handed in yet what they found on “{theme.title}”."
        for theme in focus.themes
        if not theme.looked_into_on
    ]
    if not focus.themes:
        missing.append("Pairs look into what is on the shortlist, and there is none yet.")
    return _of_focus(
        facts, "reports", "We know what each thing of the focus would take.", there, missing
    )


def _focus(facts: Facts, _: object) -> Part | None:
    focus = facts.focus
    if focus is None:
        return None
    titles = listed(f"“{theme.title}”" for theme in focus.themes)
    there = [f"Decided on {day(focus.adopted_on)}: {titles}."] if focus.adopted_on else []
    missing = [] if focus.adopted_on else ["We have not decided yet what we work on."]
    return _of_focus(facts, "focus", "We have chosen what to work on.", there, missing)


def _of_focus(
    facts: Facts, slug: str, sentence: str, there: Iterable[str], missing: Iterable[str]
) -> Part:
    stage = facts.focus_stage
    return Part(
        slug=slug,
        sentence=sentence,
        there=tuple(there),
        missing=tuple(missing),
        url=stage.get_absolute_url() if stage else plan_url(facts),
        button=f"Open “{stage.name}”" if stage else "Open the plan",
    )


def _objectives(facts: Facts, gaps: Iterable[Gap]) -> Part:
    titles = [f"“{one.title}”" for one in facts.plan.objectives] if facts.plan else []
    return _part(
        "objectives",
        "The plan says what will be true when we have done it.",
        gaps,
        there=f"{listed(titles)}." if titles else "",
        url=plan_url(facts),
    )


def _behind(facts: Facts, gaps: Iterable[Gap]) -> Part:
    plan = facts.plan
    return _part(
        "behind",
        "For each objective we say what there is already, what of it we stand behind, and what is "
        "different in what we do.",
        gaps,
        there="It is said of each objective." if plan and plan.objectives else "",
        missing="" if plan and plan.objectives else "It is said of each objective; there is none.",
        url=plan_url(facts),
    )


def _pairs(facts: Facts, gaps: Iterable[Gap]) -> Part:
    plan = facts.plan
    n = len(plan.steps) if plan else 0
    return _part(
        "pairs",
        "The plan says which two members do each step.",
        gaps,
        there=f"{first_up(count(n, 'step'))}, each with who does it." if n else "",
        missing="" if n else "The plan has no step yet.",
        url=plan_url(facts),
    )


def _timeline(facts: Facts, gaps: Iterable[Gap]) -> Part:
    until = last_day(facts.plan) if facts.plan else None
    return _part(
        "timeline",
        "The plan has dates to measure ourselves against.",
        gaps,
        there=f"The last step is due on {day(until)}." if until else "",
        missing="" if facts.plan else "The plan has no step with a day yet.",
        url=plan_url(facts),
    )


def _measures(facts: Facts, gaps: Iterable[Gap]) -> Part:
    plan = facts.plan
    days = sorted({one.judged_on for one in plan.objectives if one.judged_on}) if plan else []
    return _part(
        "measures",
        "The plan says how and when we will look at the results.",
        gaps,
        there=f"We look on {listed(map(day, days))}." if days else "",
        missing="" if plan and plan.objectives else "It is said of each objective; there is none.",
        url=plan_url(facts),
    )


def _meetings(facts: Facts, gaps: Iterable[Gap]) -> Part:
    plan = facts.plan
    there = ""
    if plan and plan.meetings:
        there = f"“{plan.meetings}”"
    elif plan and plan.meeting_days:
        there = f"The calendar reaches {day(max(plan.meeting_days))}."
    return _part(
        "meetings",
        "The Core Group’s meetings are planned to the end.",
        gaps,
        there=there,
        missing="" if plan else "How often the Core Group meets is said in the plan.",
        url=plan_url(facts),
    )


def _budget(facts: Facts, gaps: Iterable[Gap]) -> Part:
    plan = facts.plan
    there = ""
    if plan and plan.lines:
        there = f"{_money(plan.money, plan.award)} {_levelling_up(plan)}"
    return _part(
        "budget",
        "The budget adds up to the award.",
        gaps,
        there=there,
        missing="" if plan else "The budget has no line yet.",
        url=budget_url(facts),
        button="Open the budget",
    )


def _money(planned: int, award: int) -> str:
    if planned == award:
        return f"It plans {pounds(planned)}, the whole award."
    if planned > award:
        return f"It plans {pounds(planned)}."
    left = pounds(award - planned)
    return f"It plans {pounds(planned)} of {pounds(award)}; {left} is not planned."


def _levelling_up(plan: Workplan) -> str:
    sums = {one.key: one.money for one in by_kind(plan)}
    if sums["levelling_up"]:
        return f"{pounds(sums['levelling_up'])} brings members up to where sharing is possible."
    return "Nothing is spent on bringing members up to where sharing is possible."


def _boards(facts: Facts, gaps: Iterable[Gap]) -> Part:
    said = facts.boards
    there = ""
    if said.agreed:
        there = f"The {'board' if len(said.agreed) == 1 else 'boards'} of {listed(said.agreed)} "
        there += "has agreed." if len(said.agreed) == 1 else "have agreed."
    elif not (said.silent or said.asked or said.against):
        there = "No board must agree."
    return _part(
        "boards",
        "Each member has said whether its board must agree, and every board that must has agreed.",
        gaps,
        there=there,
        url=boards_url(facts),
        button="See what boards say",
    )


def _agreed(facts: Facts, _: object) -> Part | None:
    """Answered by the programme; where nobody gives an award, there is no programme to ask."""
    if not facts.award:
        return None
    last = facts.last
    there, missing = "", ""
    if last is None:
        missing = "The plan and budget are not handed in yet."
    elif last.waits:
        missing = f"The plan was handed in on {day(last.submitted_at)}, and waits for an answer."
    else:
        assert last.answered_at
        said = f"{plan_words.done(last)} on {day(last.answered_at)}."
        there = said if last.is_agreed else ""
        missing = "" if last.is_agreed else f"{said} It can be handed in again."
    stays = last is not None and (last.waits or last.is_agreed)
    return Part(
        slug="agreed",
        sentence="The programme has agreed the plan and its budget.",
        there=(there,) if there else (),
        missing=(missing,) if missing else (),
        url=last.get_absolute_url()
        if last and stays
        else reverse("workplans:hand_in", args=[facts.cluster.pk]),
        button="Read what was handed in" if stays else "See what would be handed in",
    )


def _part(
    slug: str,
    sentence: str,
    gaps: Iterable[Gap],
    *,
    there: str,
    missing: str = "",
    url: str,
    button: str = "Open the plan",
) -> Part:
    """With the gaps of this part, and the way to the first of them."""
    mine = [gap for gap in gaps if gap.part == slug]
    return Part(
        slug=slug,
        sentence=sentence,
        there=(there,) if there and not (mine and slug == "behind") else (),
        missing=tuple(gap.sentence for gap in mine) or ((missing,) if missing else ()),
        url=mine[0].url if mine else url,
        button=mine[0].button if mine else button,
    )


_PARTS: Mapping[str, Callable[[Facts, Iterable[Gap]], Part | None]] = MappingProxyType(
    {
        "reports": _reports,
        "focus": _focus,
        "objectives": _objectives,
        "behind": _behind,
        "pairs": _pairs,
        "timeline": _timeline,
        "measures": _measures,
        "meetings": _meetings,
        "budget": _budget,
        "boards": _boards,
        "agreed": _agreed,
    }
)
