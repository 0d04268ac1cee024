"""What a cluster shows to the world: words, an address, a picture."""

from hedgerow.charter.logos import Drawn
from hedgerow.charter.models import Logo, Profile
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_unseen, stays_whole
from hedgerow.people.models import Cluster

MOST_ABOUT = 1000  # characters
MOST_BOILERPLATE = 1200
MOST_DESCRIBED = 120


@action
def write_profile(
    *, by: Actor, cluster: Cluster, about: str, boilerplate: str, contact: str, version: int
) -> Profile:
    """The whole of it at once. `version` of the one that was read; one not written yet is 1."""
    profile = _fresh(by, cluster, version)
    before = (profile.about, profile.boilerplate, profile.contact)
    said = (about.strip(), boilerplate.strip(), contact.strip())
    if len(said[0]) > MOST_ABOUT or len(said[1]) > MOST_BOILERPLATE:
        raise Refused(
            f"Write {MOST_ABOUT:,} characters at most about the cluster, and {MOST_BOILERPLATE:,} "
            "for others to copy."
        )
    refuse_unseen(said[2])
    if said == before:
        nothing_to_do()
        return profile
    profile.about, profile.boilerplate, profile.contact = said
    profile.version += 1
    profile.save()
    _record("charter.profile_written", by, profile)
    return profile


@action
def set_logo(*, by: Actor, cluster: Cluster, file: Drawn, described: str) -> Logo:
    """`file`: drawn anew from the one that was given (logos.draw_anew). It takes the place of the
    one before."""
    profile = _fresh(by, cluster)
    described = described.strip()
    refuse_unseen(described)
    if not described:
        raise Refused("Say in a few words what the picture shows, for those who do not see it.")
    if len(described) > MOST_DESCRIBED:
        raise Refused(f"Describe it in {MOST_DESCRIBED} characters at most.")
    logo = Logo.objects.filter(profile=profile).first() or Logo(profile=profile)
    if (logo.digest, logo.described) == (file.digest, described):
        nothing_to_do()
        return logo
    logo.png, logo.digest, logo.described = file.png, file.digest, described
    logo.width, logo.height = file.width, file.height
    logo.save()
    _record("charter.logo_set", by, profile)
    return logo


@action
def remove_logo(*, by: Actor, cluster: Cluster) -> Profile:
    profile = _fresh(by, cluster)
    n_gone, _ = Logo.objects.filter(profile=profile).delete()
    if not n_gone:
        nothing_to_do()
        return profile
    _record("charter.logo_removed", by, profile)
    return profile


def _fresh(by: Actor, cluster: Cluster, version: int | None = None) -> Profile:
    """The profile as it stands, locked, and made if there is none. In the example nobody changes
    what anyone may read: the next visitor would read it."""
    cluster = going_on(locked(cluster))
    stays_whole(by, cluster)
    profile, _ = Profile.objects.get_or_create(cluster=cluster)
    return locked(profile, version=version)


def _record(did: str, by: Actor, profile: Profile) -> None:
    record(did, by=by, to=profile, owner=(Owner.CLUSTER, profile.cluster_id))
