"""What a cluster says of itself to the world."""

from dataclasses import dataclass

from django.urls import reverse

from hedgerow.charter.models import Charter, Logo, Objective, Profile
from hedgerow.look.words import count
from hedgerow.people.models import Cluster


@dataclass(frozen=True, kw_only=True)
class LogoLine:
    url: str
    width: int
    height: int
    described: str


@dataclass(frozen=True, kw_only=True)
class Face:
    """What of a cluster's charter anyone may read, if it has a page."""

    about: str
    boilerplate: str
    n_words: str  # "98 words"
    contact: str
    objectives: tuple[str, ...]
    logo: LogoLine | None


def profile_of(cluster: Cluster) -> Profile:
    """As it stands; an unsaved one where nothing was written yet. One query."""
    return Profile.objects.filter(cluster=cluster).first() or Profile(cluster=cluster)


def face_of(cluster: Cluster) -> Face:
    """Three queries."""
    profile = profile_of(cluster)
    objectives = Charter.objects.filter(cluster=cluster).values_list("objectives", flat=True)
    return Face(
        about=profile.about,
        boilerplate=profile.boilerplate,
        n_words=words_in(profile.boilerplate),
        contact=profile.contact,
        objectives=tuple(Objective(value).label for value in objectives.first() or ()),
        logo=_logo(cluster),
    )


def words_in(text: str) -> str:
    return count(len(text.split()), "word")


def _logo(cluster: Cluster) -> LogoLine | None:
    """For its own people from their own address, for anyone once its page is open."""
    logo = Logo.objects.filter(profile__cluster=cluster).defer("png").first()
    if logo is None:
        return None
    address = (
        reverse("charter:public_logo", args=[cluster.slug])
        if is_open(cluster)
        else reverse("charter:logo", args=[cluster.pk])
    )
    return LogoLine(
        url=f"{address}?v={logo.digest[:12]}",
        width=logo.width,
        height=logo.height,
        described=logo.described,
    )


def is_open(cluster: Cluster) -> bool:
    return cluster.is_public and not cluster.ended_at


def public_logo(slug: str) -> Logo | None:
    """None alike for a cluster that is not there, wants no page, or has no logo."""
    return Logo.objects.filter(
        profile__cluster__slug=slug,
        profile__cluster__is_public=True,
        profile__cluster__ended_at=None,
    ).first()
