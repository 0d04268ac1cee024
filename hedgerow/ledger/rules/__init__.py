"""Who may see and do what with terms, awards and their money. From access.md: they are the
programme's; a cluster sees its own award, postings and conditions. Nothing is paid here: members
write down what they committed and spent, the one that holds the money what it drew."""

from functools import partial

from hedgerow.core.owners import Owner
from hedgerow.people.access import MEMBERS, ROUND_THE_TABLE, STAFF, VOICE, Rule
from hedgerow.people.models import Role

_MANAGER = frozenset({Role.MANAGER})
_TABLE_AND_MANAGER = frozenset({*ROUND_THE_TABLE, Role.MANAGER})

_of_terms = partial(Rule, owner=Owner.PROGRAMME, seats=frozenset({*ROUND_THE_TABLE, *STAFF}))
_in_award = partial(
    Rule, owner=Owner.PROGRAMME, way="award__cluster__programme", about="award__cluster"
)
_on_award = partial(
    Rule,
    model="ledger.Award",
    owner=Owner.PROGRAMME,
    way="cluster__programme",
    about="cluster",
)

# on what terms

SEE_TERMS = _of_terms(to="see the terms of a programme", model="ledger.Terms", way="programme")
SEE_CRITERIA = _of_terms(
    to="see what assessors look at", model="ledger.Criterion", way="terms__programme"
)
SEE_RETURN_HEADINGS = _of_terms(
    to="see what a return must hold", model="ledger.ReturnHeading", way="terms__programme"
)
SEE_PROGRAMME_TERMS = Rule(
    to="see the terms of a programme",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=frozenset({*ROUND_THE_TABLE, *STAFF}),
)
SET_TERMS = Rule(
    to="set the terms of a programme",
    model="people.Programme",
    owner=Owner.PROGRAMME,
    seats=_MANAGER,
    sees=SEE_PROGRAMME_TERMS,
)

# an award and its money

SEE_AWARD = _on_award(to="see an award", seats=_TABLE_AND_MANAGER)
SEE_CONDITIONS = _in_award(
    to="see the conditions of an award",
    model="ledger.Condition",
    seats=_TABLE_AND_MANAGER,
)
SEE_INSTALMENTS = _in_award(
    to="see when an award is released",
    model="ledger.Instalment",
    seats=_TABLE_AND_MANAGER,
)
SEE_ENTRIES = _in_award(
    to="see what moved in an award",
    model="ledger.Entry",
    seats=_TABLE_AND_MANAGER,
)
SEE_POSTINGS = Rule(
    to="see the postings of an award",
    model="ledger.Posting",
    owner=Owner.PROGRAMME,
    seats=_TABLE_AND_MANAGER,
    way="entry__award__cluster__programme",
    about="entry__award__cluster",
)

SEE_MONEY_ON_BOARD = Rule(
    to="see on the programme's board what an award comes to",
    model="people.Cluster",
    owner=Owner.CLUSTER,
    seats=frozenset({Role.MANAGER, Role.VIEWER}),
)
KEEP_AWARD = _on_award(to="change an award", seats=_MANAGER, sees=SEE_AWARD)
CLOSE_AWARD = _on_award(to="close an award", seats=_MANAGER, sees=SEE_AWARD)
ENTER_SPENDING = _on_award(
    to="write down what was committed or spent",
    seats=frozenset({*MEMBERS, Role.MANAGER}),
    sees=SEE_AWARD,
)
ENTER_DRAWING = _on_award(
    to="write down what was drawn", seats=frozenset({*MEMBERS, Role.MANAGER}), sees=SEE_AWARD
)
UNDO_ENTRY = _in_award(
    to="undo an entry",
    model="ledger.Entry",
    seats=frozenset({*MEMBERS, Role.MANAGER}),
    sees=SEE_ENTRIES,
)
TELL_CONDITION = _in_award(
    to="say what meets a condition",
    model="ledger.Condition",
    seats=frozenset({*VOICE, Role.FACILITATOR}),
    sees=SEE_CONDITIONS,
)
MEET_CONDITION = _in_award(
    to="say that a condition is met",
    model="ledger.Condition",
    seats=_MANAGER,
    sees=SEE_CONDITIONS,
)
TELL_INSTALMENT = _in_award(
    to="say that what a part of an award waits for is reached",
    model="ledger.Instalment",
    seats=frozenset({*VOICE, Role.FACILITATOR}),
    sees=SEE_INSTALMENTS,
)
RELEASE_INSTALMENT = _in_award(
    to="release a part of an award",
    model="ledger.Instalment",
    seats=_MANAGER,
    sees=SEE_INSTALMENTS,
)
