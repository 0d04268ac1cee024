from hedgerow.core import erasures
from hedgerow.core.actors import Actor
from hedgerow.core.jobs import job

from .actions import send_code
from .models import SignInCode


@job("people.send_code")
def send_code_job(*, code: int) -> None:
    wanted = SignInCode.objects.filter(pk=code).first()
    if wanted:
        send_code(by=Actor.clock(), code=wanted)


@job("people.finish_erasure")
def finish_erasure_job(*, person: int) -> None:
    erasures.finish(person)
