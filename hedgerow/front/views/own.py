"""One's own page: what waits, what changed, where one's clusters are."""

from datetime import timedelta

from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.core.readings import reading
from hedgerow.front import actions, queries
from hedgerow.front.digest import OFF
from hedgerow.front.words import headline
from hedgerow.look.words import day
from hedgerow.people import rules
from hedgerow.people.access import hall, keyed
from hedgerow.people.models import User
from hedgerow.people.queries import changes_since
from hedgerow.people.reach import reads_history

LATELY = timedelta(days=14)  # what somebody new is told
MOST_CHANGES = 8


@hall(rules.SEE_SELF, acts=True)
def home(request, people, by):
    reader, today, person = request.reader, clock.today(), request.reader.person
    since = queries.last_visit(person)
    if not queries.is_same_visit(person):
        actions.look_in(by=by, user=person)
    request.has_no_record = not queries.shown().has_record
    with reading():
        found = queries.next_list(reader, today)
        places, boards = queries.places_of(reader, today), queries.boards_of(reader)
        is_told = reads_history(reader)
        changes = is_told and changes_since(
            reader, since or clock.now() - LATELY, limit=MOST_CHANGES
        )
    words = {
        "found": found,
        "headline": headline(found),
        "places": places,
        "boards": boards,
        "is_several": len(places) + len(boards) > 1,
        "names_places": bool(boards) or len(places) > 1,
        "has_dates": any(place.dates for place in places),
        "seats": [seat.words for seat in reader.seats],
        "held_a_seat": not reader.seats and queries.held_a_seat(person),
        "reads_history": is_told,
        "changes": changes or (),
        "since": since,
        "since_words": f"Since you were last here, on {day(since)}" if since else "",
        "waits_for_second_factor": reader.waits_for_second_factor,
        "today": today,
    }
    return render(request, "front/home.html", words)


@keyed(OFF)
def digest_off(request, link, by):
    """From a letter: shows what stops, and the button stops it."""
    person = User.objects.get(pk=link.about)
    if request.method == "POST":
        actions.stop_digest(by=by, user=person)
        return redirect(request.path)
    return render(request, "front/digest_off.html", {"wants_digest": person.wants_digest})
