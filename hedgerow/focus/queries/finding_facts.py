"""The rows that the parts of finding the focus are answered from, for many clusters at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.core.readings import asked_once
from hedgerow.focus.models import Contact, Gain, Idea, Study
from hedgerow.people.models import Member

from .focuses import FocusState, StandingShortlist, focus_states, shortlists_in


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Of one cluster, as it stands."""

    cluster: int
    standing: StandingShortlist | None
    members: Mapping[int, str]  # full ones, by name: key of the organisation -> its name
    gains: Mapping[tuple[int, int], Gain]  # idea, organisation -> what that says now
    studies: Mapping[int, tuple[Study, ...]]  # by the key of the idea, oldest first
    n_contacts: int  # that stand
    focus: FocusState
    meeting: Meeting | None  # the next one

    @property
    def ideas(self) -> tuple[Idea, ...]:
        """On the shortlist; none where there is no shortlist."""
        return self.standing.ideas if self.standing else ()

    def study_of(self, idea: Idea) -> Study | None:
        """The newest that was handed in; else the newest whose promise was not let go."""
        mine = self.studies.get(idea.pk, ())
        handed_in = [it for it in mine if it.is_handed_in]
        at_work = [it for it in mine if it.promise.let_go_at is None]
        return (handed_in or at_work or [None])[-1]


@asked_once
def facts_in(clusters: Iterable[int]) -> dict[int, Facts]:
    """By the key of the cluster. Nine queries for any number of them; fewer where there is no
    shortlist or nothing was put to the vote."""
    keys = list(clusters)
    shortlists, states = shortlists_in(keys), focus_states(keys)
    ideas = [idea.pk for found in shortlists.values() if found for idea in found.ideas]
    members, gains, studies = _members(keys), _gains(ideas), _studies(ideas)
    contacts, meetings = _contacts(keys), _meetings(keys)
    return {
        key: Facts(
            cluster=key,
            standing=shortlists[key],
            members=members[key],
            gains=gains,
            studies=studies,
            n_contacts=contacts[key],
            focus=states[key],
            meeting=meetings.get(key),
        )
        for key in keys
    }


def _members(clusters: Collection[int]) -> Mapping[int, dict[int, str]]:
    rows = Member.objects.filter(cluster__in=clusters, left_at=None, is_second_tier=False)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for cluster, key, name in rows.order_by("organisation__name", "pk").values_list(
        "cluster", "organisation", "organisation__name"
    ):
        found[cluster][key] = name
    return found


def _gains(ideas: Collection[int]) -> Mapping[tuple[int, int], Gain]:
    rows = Gain.objects.filter(idea__in=ideas, ended_at=None) if ideas else ()
    return {(gain.idea_id, gain.organisation_id): gain for gain in rows}


def _studies(ideas: Collection[int]) -> Mapping[int, tuple[Study, ...]]:
    """With who holds each."""
    if not ideas:
        return {}
    rows = Study.objects.filter(idea__in=ideas).defer(*Study.HEADINGS)
    found: dict[int, list[Study]] = defaultdict(list)
    for study in rows.select_related(
        "promise__first__organisation", "promise__second__organisation"
    ).order_by("pk"):
        found[study.idea_id].append(study)
    return {idea: tuple(studies) for idea, studies in found.items()}


def _contacts(clusters: Collection[int]) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = Contact.objects.filter(cluster__in=clusters, struck_at=None)
    for cluster in rows.values_list("cluster", flat=True):
        found[cluster] += 1
    return found


def _meetings(clusters: Collection[int]) -> Mapping[int, Meeting]:
    """The next meeting of each."""
    rows = Meeting.objects.filter(
        cluster__in=clusters, called_off_at=None, ended_at=None, starts_at__gt=clock.now()
    )
    return {meeting.cluster_id: meeting for meeting in rows.order_by("-starts_at", "-pk")}
