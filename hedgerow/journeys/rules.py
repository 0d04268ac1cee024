"""Who may do what on a journey. From access.md: stages, timetable and days are the programme's, about
a cluster that sees its own; ticks and what stands for members are the cluster's."""

from functools import partial

from hedgerow.core.owners import Audience, Owner
from hedgerow.people.access import ROUND_THE_TABLE, STAFF, VOICE, Rule
from hedgerow.people.models import Role

from .models import Keeper

_MANAGER = frozenset({Role.MANAGER})
_FACILITATOR = frozenset({Role.FACILITATOR})
_LEADS = frozenset({Role.CORE, Role.FACILITATOR})
_TABLE_AND_MANAGER = frozenset({*ROUND_THE_TABLE, Role.MANAGER})

_about = partial(Rule, owner=Owner.PROGRAMME)
_on_journey = partial(_about, model="journeys.Journey", way="cluster__programme", about="cluster")
_on_stage = partial(
    _about, model="journeys.Stage", way="journey__cluster__programme", about="journey__cluster"
)
_on_test = partial(
    _about,
    model="journeys.ExitTest",
    way="stage__journey__cluster__programme",
    about="stage__journey__cluster",
)
_on_milestone = partial(
    _about,
    model="journeys.Milestone",
    way="journey__cluster__programme",
    about="journey__cluster",
)
_on_move = partial(
    _about,
    model="journeys.Move",
    way="milestone__journey__cluster__programme",
    about="milestone__journey__cluster",
)
_on_allowance = partial(
    _about,
    model="journeys.Allowance",
    way="journey__cluster__programme",
    about="journey__cluster",
)
_on_log = partial(
    _about,
    model="journeys.DayLog",
    way="allowance__journey__cluster__programme",
    about="allowance__journey__cluster",
)

# the programme's own pages

SEE_DESIGN = _about(
    to="see a programme's design",
    model="journeys.Design",
    way="programme",
    seats=frozenset({*ROUND_THE_TABLE, *STAFF}),
)
SEE_BOARD = Rule(
    to="see the programme's board",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=frozenset({Role.MANAGER, Role.VIEWER}),
)
SEE_ON_BOARD = Rule(
    to="see a cluster on the programme's board",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=frozenset({Role.MANAGER, Role.VIEWER}),
)
LOAD_DESIGN = Rule(
    to="load a design",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=_MANAGER,
    sees=SEE_BOARD,
)
ADD_CLUSTER = Rule(
    to="add a cluster to the programme",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=_MANAGER,
    sees=SEE_BOARD,
)
START_JOURNEY = Rule(
    to="start a cluster's journey",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=_MANAGER,
    sees=SEE_ON_BOARD,
)

# where a journey is

SEE_JOURNEY = _on_journey(to="see a journey", seats=_TABLE_AND_MANAGER)
SEE_STAGE = _on_stage(to="see a stage", seats=ROUND_THE_TABLE)
SEE_TEST = _on_test(to="see a sentence of an exit test", seats=ROUND_THE_TABLE)
TICK = _on_test(to="tick a sentence of an exit test", seats=VOICE, sees=SEE_TEST)
CLOSE_STAGE = _on_stage(to="close a stage", seats=_LEADS, sees=SEE_STAGE)
GO_BACK = _on_stage(to="take the journey back a stage", seats=_LEADS, sees=SEE_STAGE)

# dates

SEE_MILESTONE = _on_milestone(to="see a date", seats=_TABLE_AND_MANAGER)
MOVE_DATE = _on_milestone(
    to="move one of the cluster's own dates",
    seats=_LEADS,
    only=(("keeper", Keeper.CLUSTER),),
    sees=SEE_MILESTONE,
)
ASK_TO_MOVE = _on_milestone(
    to="ask for one of the programme's dates to be moved",
    seats=_FACILITATOR,
    only=(("keeper", Keeper.PROGRAMME),),
    sees=SEE_MILESTONE,
)
MOVE_PROGRAMME_DATE = _on_milestone(
    to="move one of the programme's dates",
    seats=_MANAGER,
    only=(("keeper", Keeper.PROGRAMME),),
    sees=SEE_MILESTONE,
)
MEET_MILESTONE = _on_milestone(
    to="say that a date was met", seats=frozenset({*_LEADS, Role.MANAGER}), sees=SEE_MILESTONE
)
SAY_IT_STANDS = _on_milestone(
    to="say that a date stands for their organisation", seats=VOICE, sees=SEE_MILESTONE
)
SEE_MOVE = _on_move(to="see a move that was asked for", seats=_TABLE_AND_MANAGER)
ANSWER_MOVE = _on_move(to="answer a move of the programme's dates", seats=_MANAGER, sees=SEE_MOVE)

# days of help

SEE_DAYS = _on_allowance(to="see the days of help", seats=_TABLE_AND_MANAGER)
LOG_DAYS = _on_allowance(
    to="log days of help", seats=frozenset({*_FACILITATOR, *_MANAGER}), sees=SEE_DAYS
)
GIVE_DAYS = _on_allowance(to="change how many days are given", seats=_MANAGER, sees=SEE_DAYS)
SEE_LOG = _on_log(to="see a line of the log of days", seats=_TABLE_AND_MANAGER)
STRIKE_DAYS = _on_log(
    to="strike out days that were logged",
    seats=frozenset({*_FACILITATOR, *_MANAGER}),
    sees=SEE_LOG,
)

# what belongs to the cluster: copies for its own people

_cluster = partial(Rule, owner=Owner.CLUSTER, seats=ROUND_THE_TABLE)
SEE_TICKS = _cluster(
    to="see who ticked what", model="journeys.Tick", way="exit_test__stage__journey__cluster"
)
SEE_STANDINGS = _cluster(
    to="see for whom a date stands",
    model="journeys.Standing",
    way="milestone__journey__cluster",
)
SEE_RESULTS = _cluster(
    to="see what a stage left", model="journeys.StageResult", way="stage__journey__cluster"
)
SEE_TIMETABLE = _about(
    to="see a timetable",
    model="journeys.Timetable",
    way="journey__cluster__programme",
    about="journey__cluster",
    seats=_TABLE_AND_MANAGER,
)
SEE_PLANNED_DATE = _about(
    to="see a planned date",
    model="journeys.PlannedDate",
    way="timetable__journey__cluster__programme",
    about="timetable__journey__cluster",
    seats=_TABLE_AND_MANAGER,
)

# what was handed in to the programme: the cluster's, let out to "our funder" by handing it in

_submission = partial(
    Rule,
    model="journeys.Submission",
    owner=Owner.CLUSTER,
    way="journey__cluster",
    audience=Audience.FUNDER,
)
SEE_SUBMISSION = _submission(
    to="see what was handed in",
    seats=frozenset({*ROUND_THE_TABLE, Role.SPONSOR, Role.MANAGER}),
)
TAKE_BACK_SUBMISSION = _submission(
    to="take back what was handed in", seats=_LEADS, sees=SEE_SUBMISSION
)
ANSWER_SUBMISSION = _submission(to="answer what was handed in", seats=_MANAGER, sees=SEE_SUBMISSION)
