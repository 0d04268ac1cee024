from hedgerow.core.owners import Owner
from hedgerow.people import rules as on_people
from hedgerow.people.access import ROUND_THE_TABLE, VOICE, Rule
from hedgerow.people.models import Role

SEE_BOARDS = Rule(
    to="see what a member’s board says",
    model="agreements.BoardSays",
    owner=Owner.ORGANISATION,
    way="organisation",
    about="cluster",
    audience="audience",
    seats=ROUND_THE_TABLE - {Role.SUPPORTER},
)
SAY_BOARD = Rule(
    to="say what their board says",
    model="people.Member",
    owner=Owner.CLUSTER,
    way="cluster",
    own="organisation",
    only=(("left_at", None),),
    seats=VOICE,
    sees=on_people.SEE_MEMBERS,
)
