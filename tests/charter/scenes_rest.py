"""What a cluster is for, how ready its first member is, and what it shows to the world."""

from datetime import timedelta
from io import BytesIO

from PIL import Image

from hedgerow.charter import actions
from hedgerow.charter.logos import draw_anew
from hedgerow.charter.models import Charter, Logo, Profile, Readiness
from hedgerow.core import clock
from hedgerow.people.models import Member
from tests.factories import Scene, actor


def charter(scene: Scene) -> Charter:
    """Written down, with the Core Group member of the first organisation as its gatherer."""
    found = Charter.objects.filter(cluster=scene.cluster).first()
    if found:
        return found
    by = actor(scene.own.core)
    written = actions.write_purpose(
        by=by,
        cluster=scene.cluster,
        driver="hope",
        driver_words="Two of us lost a tender that we could have won together.",
        objectives=["align", "agenda"],
        needs=["learning"],
        readable_years=6,
        version=1,
    )
    named = actions.name_gatherer(
        by=by, cluster=scene.cluster, seat=scene.own.core, version=written.version
    )
    return actions.set_answers_by(
        by=by,
        cluster=scene.cluster,
        on=clock.today() + timedelta(days=20),
        version=named.version,
    )


def readiness(scene: Scene) -> Readiness:
    """Of the first organisation, finished, as it is shared at first."""
    by = actor(scene.own.core)
    member = Member.objects.get(cluster=scene.cluster, organisation=scene.own.organisations[0])
    begun = actions.begin_readiness(by=by, member=member)
    if begun.finished_at:
        return begun
    return actions.answer_readiness(
        by=by,
        readiness=begun,
        answers={"too-small-alone": "yes", "would-show": "not_yet"},
        limits="We do not share our list of donors.",
        is_finished=True,
        version=begun.version,
    )


def profile(scene: Scene) -> Profile:
    found = Profile.objects.filter(cluster=scene.cluster).first()
    return actions.write_profile(
        by=actor(scene.own.core),
        cluster=scene.cluster,
        about="We help people in one town to keep their homes.",
        boilerplate="Three charities of one town that share what none could have alone.",
        contact="together@example.org",
        version=found.version if found else 1,
    )


def logo(scene: Scene) -> Logo:
    return actions.set_logo(
        by=actor(scene.own.core),
        cluster=scene.cluster,
        file=draw_anew(picture()),
        described="A hedge with a gate in it",
    )


def picture(size=(60, 40), colour=(20, 90, 50), **how) -> bytes:
    """A file of one colour: a PNG unless told otherwise."""
    out = BytesIO()
    Image.new(how.pop("mode", "RGB"), size, colour).save(out, **{"format": "PNG", **how})
    return out.getvalue()


SCENES = {
    "charter.Charter": charter,
    "charter.Readiness": readiness,
    "charter.Profile": profile,
    "charter.Logo": logo,
}
