"""The six tests that every idea is put to, as we ask them."""

from dataclasses import dataclass

from hedgerow.focus.models import Idea
from hedgerow.look.words import number


@dataclass(frozen=True, kw_only=True)
class Asked:
    slug: str  # one of Idea.TESTS
    name: str
    question: str


SIX = (
    Asked(slug="effect", name="The effect", question="What would change, and for whom?"),
    Asked(
        slug="success",
        name="What it looks like",
        question="What will we see once it has worked?",
    ),
    Asked(
        slug="ingredients",
        name="What it takes",
        question="What does it take: people, skills, hours, money?",
    ),
    Asked(
        slug="own_means",
        name="What we have",
        question="What of that do we have among ourselves?",
    ),
    Asked(
        slug="outside",
        name="What lies outside",
        question="For the rest: who outside could help, and whom do we know there?",
    ),
    Asked(slug="time", name="How long", question="How long will it honestly take?"),
)
NAMES = {test.slug: test.name for test in SIX}


def open_tests(idea: Idea) -> tuple[str, ...]:
    """Slugs of those that nobody has answered."""
    return tuple(test.slug for test in SIX if not getattr(idea, test.slug))


def open_in_words(n: int) -> str:
    """ "two of six tests are still open"."""
    if n == 0:
        return "all six tests are answered"
    if n == len(SIX):
        return "all six tests are still open"
    return f"{number(n)} of six tests {'is' if n == 1 else 'are'} still open"
