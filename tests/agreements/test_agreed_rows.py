"""What must always be true of decisions and votes, kept by the database itself."""

import pytest
from django.db import IntegrityError, transaction

from hedgerow.agreements.models import Decision, Voice
from hedgerow.core import clock

from .polls import TUESDAY, on, poll

pytestmark = pytest.mark.django_db


def breaks(name, change):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


def test_the_database_keeps_decisions_whole():
    p, now = poll(), clock.now()
    of_it = Decision.objects.filter(pk=p.decision.pk)
    fresh = p.fresh
    fresh.pk = None

    breaks("decision_closed_with_its_outcome", lambda: of_it.update(closed_at=now))
    breaks("decision_closed_with_its_outcome", lambda: of_it.update(outcome="carried"))
    breaks("decision_closes_after_opening", lambda: of_it.update(closes_at=p.decision.opened_at))
    breaks("only_what_carried_is_chosen", lambda: of_it.update(chosen=p.option(1)))
    breaks("decision_has_its_number|decision.number", fresh.save)


def test_the_database_keeps_voices_whole():
    p = poll()
    with on(TUESDAY):
        p.says(p.second, "disagree")
        voice = p.says(p.core)
    of_it = Voice.objects.filter(pk=voice.pk)
    twin = Voice.objects.get(pk=voice.pk)
    twin.pk = None

    breaks("one_voice_an_organisation|voice.organisation", twin.save)
    breaks("voice_on_behalf_says_who_wrote_it", lambda: of_it.update(channel="phone"))
    breaks(
        "voice_on_behalf_says_who_wrote_it",
        lambda: of_it.update(recorded_by=p.team.facilitator),
    )
    breaks("only_agreeing_names_an_option", lambda: of_it.update(option=None))
    breaks("only_agreeing_names_an_option", lambda: of_it.update(stance="abstain"))
    breaks("dissent_has_its_reason", lambda: of_it.update(stance="block", option=None))
    breaks("undone_is_ended", lambda: of_it.update(is_undone=True))
