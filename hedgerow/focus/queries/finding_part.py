"""Words and ways that several parts of finding the focus share."""

from django.urls import reverse

from hedgerow.focus.models import Idea

from .finding_facts import Facts


def shortlist_url(facts: Facts) -> str:
    if facts.standing:
        return facts.standing.shortlist.get_absolute_url()
    return reverse("focus:shortlistings", args=[facts.cluster])


def shortlist_button(facts: Facts) -> str:
    return "Open the shortlist" if facts.standing else "Go to the shortlisting"


def quoted(idea: Idea) -> str:
    return f"“{idea.title}”"
