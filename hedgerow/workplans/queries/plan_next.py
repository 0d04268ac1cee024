"""The one thing to do next in a plan."""

from dataclasses import dataclass

from django.urls import reverse

from .plan_pages import PlanPage


@dataclass(frozen=True, kw_only=True)
class Next:
    """The one thing to do next, and where."""

    words: str  # "Name who does step 4"
    why: str
    url: str
    button: str


def next_in(page: PlanPage, *, leads: bool) -> Next | None:
    """For whoever writes the plan; None where nothing is asked of them."""
    cluster = page.plan.cluster_id
    if page.is_waiting and page.submission:
        return Next(
            words="The plan waits for the programme’s answer",
            why="Until then it cannot be changed. The facilitator or a Core Group member can take it back.",
            url=page.submission.get_absolute_url(),
            button="Read what was handed in",
        )
    if page.is_agreed and page.steps and not any(step.promise for step in page.steps):
        return Next(
            words="Take the steps up" if leads else "The steps wait to be taken up",
            why="Each becomes a promise of its two. It takes a press for each.",
            url=reverse("workplans:progress", args=[cluster]),
            button="Look at the steps",
        )
    if page.is_agreed:
        return Next(
            words="Say how the steps go",
            why="Done, slipping or stopped: each in one sentence.",
            url=reverse("workplans:progress", args=[cluster]),
            button="Look at the progress",
        )
    return _in_objectives(page) or _in_steps(page) or _as_a_whole(page, leads=leads)


def _in_objectives(page: PlanPage) -> Next | None:
    if not page.objectives:
        return Next(
            words="Add the first objective",
            why="What will be true when you are done, in one sentence.",
            url=reverse("workplans:add_objective", args=[page.plan.cluster_id]),
            button="Add an objective",
        )
    for one in page.objectives:
        if not one.is_told:
            return Next(
                words=f"Complete objective {one.number}",
                why="Say for whom it is, and how and when you judge whether it came true.",
                url=reverse("workplans:change_objective", args=[one.key]),
                button="Complete it",
            )
    for one in page.objectives:
        if one.n_open:
            return Next(
                words=f"Say what you come in behind with objective {one.number}",
                why="Three questions, a few sentences each.",
                url=reverse("workplans:behind", args=[one.key]),
                button="Answer the three questions",
            )
    for one in page.objectives:
        if not one.steps:
            return Next(
                words=f"Add a first step to objective {one.number}",
                why="What somebody does, and by when.",
                url=reverse("workplans:add_step", args=[one.key]),
                button="Add a step",
            )
    return None


def _in_steps(page: PlanPage) -> Next | None:
    for step in page.steps:
        if not step.due_on:
            return Next(
                words=f"Say by when step {step.number} is done",
                why=f"“{step.title}” has no day yet.",
                url=reverse("workplans:change_step", args=[step.key]),
                button="Set its day",
            )
        if not step.holders:
            return Next(
                words=f"Name who does step {step.number}",
                why=f"“{step.title}” is nobody’s yet.",
                url=reverse("workplans:pair", args=[step.key]),
                button="Name two people",
            )
    return None


def _as_a_whole(page: PlanPage, *, leads: bool) -> Next | None:
    cluster = page.plan.cluster_id
    if not page.plan.summary or not page.plan.meetings:
        return Next(
            words="Write the summary, and how often you meet",
            why="For somebody who reads no more.",
            url=reverse("workplans:write_plan", args=[cluster]),
            button="Write them",
        )
    if not page.has_budget:
        return Next(
            words="Begin the budget",
            why="What each thing costs, line by line.",
            url=reverse("workplans:budget", args=[cluster]),
            button="Go to the budget",
        )
    if not leads:
        return None
    return Next(
        words="Look whether it can be handed in",
        why="What is still missing is said there.",
        url=reverse("workplans:hand_in", args=[cluster]),
        button="Go to handing in",
    )
