from .assessing import Assessment, Assignment, Conflict, Score
from .giving import Grant, GrantFault, GrantFile, Publisher
from .mediation import MediationNote
from .opportunities import Opportunity, OpportunityKind

__all__ = [
    "Assessment",
    "Assignment",
    "Conflict",
    "Grant",
    "GrantFault",
    "GrantFile",
    "MediationNote",
    "Opportunity",
    "OpportunityKind",
    "Publisher",
    "Score",
]
