from functools import partial

from hedgerow.core.owners import Owner
from hedgerow.people.access import ROUND_THE_TABLE, Rule

from .places import LEADS, SEE_AGREEMENTS

_on_meeting = partial(
    Rule, model="agreements.Meeting", owner=Owner.CLUSTER, way="cluster", seats=ROUND_THE_TABLE
)
_of_meeting = partial(Rule, owner=Owner.CLUSTER, way="meeting__cluster", seats=ROUND_THE_TABLE)

SEE_MEETING = _on_meeting(to="see a meeting")
SEE_MEETING_CHANGES = _of_meeting(
    to="see what was changed about a meeting", model="agreements.MeetingChange"
)
SEE_ATTENDANCE = _of_meeting(to="see who came", model="agreements.Attendance")
SEE_ITEMS = _of_meeting(to="see what is on the agenda", model="agreements.AgendaItem")
SEE_NOTES = _of_meeting(to="see the notes of a meeting", model="agreements.Note")

CALL_MEETING = Rule(
    to="call a meeting",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=LEADS,
    sees=SEE_AGREEMENTS,
)
RUN_MEETING = _on_meeting(to="run a meeting", seats=LEADS, sees=SEE_MEETING)
ANSWER_MEETING = _on_meeting(to="say whether they come", sees=SEE_MEETING)
ADD_ITEM = _on_meeting(to="put something on the agenda", sees=SEE_MEETING)
TAKE_OFF_ITEM = _of_meeting(
    to="take something off the agenda", model="agreements.AgendaItem", seats=LEADS, sees=SEE_ITEMS
)
STRIKE_NOTE = _of_meeting(
    to="strike out a note", model="agreements.Note", seats=LEADS, sees=SEE_NOTES
)
