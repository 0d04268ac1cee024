"""A publisher's file is taken over by a worker: it may be long, and nobody waits for it."""

from hedgerow.core import clock, uploads
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor, Via
from hedgerow.core.faults import Fault
from hedgerow.core.jobs import job
from hedgerow.core.models import Upload
from hedgerow.people.models import Programme, Seat
from hedgerow.people.readers import live

from .actions.giving import take_grants
from .giving.reading import read_grants


@job("grants.take_file")
def take_file(*, upload: int, programme: int, seat: int, licence: str) -> None:
    """Safe to run twice: the same file again changes nothing. How it ended stands with the upload."""
    given = Upload.objects.get(pk=upload)
    sits = Seat.objects.filter(live(clock.now()), pk=seat, user=given.by_person).exists()
    if given.finished_at:
        return
    if not sits:
        _refuse(given, "Whoever brought this file has no seat in the programme any more.")
        return
    by = Actor(person=given.by_person, seat=seat, via=Via.FILE)
    try:
        with uploads.opened(given) as stream:
            found = read_grants(stream, given.name)
        taken = take_grants(
            by=by,
            found=found,
            digest=given.digest,
            licence=licence,
            programme=Programme.objects.get(pk=programme),
        )
    except FileNotFoundError:
        _refuse(given, "That file is not kept any more. Bring it again.")
    except Refused as refused:
        _refuse(given, str(refused))
    else:
        uploads.finish(given, taken.faults)


def _refuse(given: Upload, sentence: str) -> None:
    uploads.finish(given, [Fault(sheet=given.name, row=0, column="", sentence=sentence)])
