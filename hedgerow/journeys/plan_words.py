"""What was handed in, in sentences: how it stands, and why something cannot be done to it now."""

from collections.abc import Mapping
from types import MappingProxyType

from hedgerow.look.words import day, first_up
from hedgerow.people.readers import seat_words

from .models import Answered, Submission, SubmissionKind

NAMES: Mapping[str, str] = MappingProxyType(
    {SubmissionKind.PLAN: "the plan and budget", SubmissionKind.RETURN: "the return"}
)

# answer -> what was done, to a plan and to a return; and the sign that goes with it
_DONE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Answered.AGREED: ("Agreed", "Accepted"),
        Answered.CONDITIONS: ("Agreed with conditions", "Accepted with conditions"),
        Answered.RETURNED: ("Sent back", "Sent back"),
        Answered.REDIRECTED: ("Pointed to other support", "Pointed to other support"),
        Answered.TAKEN_BACK: ("Taken back", "Taken back"),
    }
)
_DOTS: Mapping[str, int] = MappingProxyType(
    {
        "": 1,
        Answered.AGREED: 2,
        Answered.CONDITIONS: 2,
        Answered.RETURNED: 3,
        Answered.REDIRECTED: 3,
        Answered.TAKEN_BACK: 0,
    }
)


def dot(submission: Submission) -> int:
    """Which of the four signs of a state: 0 empty, 1 half, 2 full, 3 needs attention."""
    return _DOTS[submission.answer]


def done(submission: Submission) -> str:
    """ "Agreed", "Sent back"; "Waits for the programme"."""
    if submission.waits:
        return "Waits for the programme"
    of_plan, of_return = _DONE[submission.answer]
    return of_return if submission.kind == SubmissionKind.RETURN else of_plan


def handed_in(submission: Submission) -> str:
    who = seat_words(submission.submitted_by)
    return f"Handed in on {day(submission.submitted_at)} by {who}"


def stands(submission: Submission) -> str:
    """With both seats. Without the words of the answer."""
    if submission.waits:
        return f"{handed_in(submission)}. It waits for the programme."
    return f"{_answered(submission)}. {handed_in(submission)}."


def why_no_other(submission: Submission) -> str:
    """Why nothing can be handed in beside this one, which waits or is agreed."""
    name = first_up(NAMES[submission.kind])
    if submission.waits:
        on, who = day(submission.submitted_at), seat_words(submission.submitted_by)
        return (
            f"{name} was handed in on {on} by {who}, and waits for the programme’s answer. "
            "To hand in another, take that one back first."
        )
    if submission.kind == SubmissionKind.RETURN:
        return f"{name} was {_lower(submission)}. There is one for the whole cluster, once."
    return (
        f"{name} was {_lower(submission)}, so it is not handed in again. "
        "What changes in it from now on, the cluster decides."
    )


def why_not_waiting(submission: Submission) -> str:
    """Why it can be neither answered nor taken back."""
    name = first_up(NAMES[submission.kind])
    then = (
        "Another can be handed in."
        if not submission.is_agreed
        else "It stays as it was handed in, and can be read."
    )
    return f"{name} was {_lower(submission)}, so it waits no longer. {then}"


def _answered(submission: Submission) -> str:
    assert submission.answered_by
    who = seat_words(submission.answered_by)
    return f"{done(submission)} on {day(submission.answered_at)} by {who}"


def _lower(submission: Submission) -> str:
    words = _answered(submission)
    return words[:1].lower() + words[1:]
