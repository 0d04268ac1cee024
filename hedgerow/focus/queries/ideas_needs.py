"""What the shared picture came to, as ideas can be made of it."""

from dataclasses import dataclass

from hedgerow.analysis.needs import NeedProfile, common_needs
from hedgerow.journeys.models import Journey
from hedgerow.journeys.queries.results import result_of
from hedgerow.look.words import first_up, out_of
from hedgerow.people.models import Cluster


@dataclass(frozen=True, kw_only=True)
class NeedLine:
    slug: str
    name: str
    words: str  # "Presses for five of six."


def needs_of(cluster: Cluster) -> tuple[NeedLine, ...]:
    """What presses for anybody, what most have in common first; none before a round has closed.

    Three queries.
    """
    profile = _profile_of(cluster)
    if profile is None:
        return ()
    found = {slug: it for slug, it in profile.pressing.items() if it.n}
    # What presses for as many stands as among open scores; what nobody shows openly comes last.
    order = [need.function for need in common_needs(profile.scores, profile.functions)]
    slugs = [
        *(slug for slug in order if slug in found),
        *(slug for slug in found if slug not in order),
    ]
    slugs.sort(key=lambda slug: found[slug].n, reverse=True)
    return tuple(
        NeedLine(
            slug=slug,
            name=first_up(profile.names.get(slug) or slug.replace("-", " ")),
            words=f"Presses for {out_of(found[slug].n, found[slug].n_counted)}.",
        )
        for slug in slugs
    )


def _profile_of(cluster: Cluster) -> NeedProfile | None:
    journey = Journey.objects.filter(cluster=cluster).first()
    if journey is None:
        return None
    try:
        return result_of(journey, NeedProfile)
    except LookupError:
        return None
