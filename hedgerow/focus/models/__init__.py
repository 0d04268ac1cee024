from .adopting import Adopted, Adoption
from .ballots import Ballot, RedSpot, Round, RoundKind, Settled
from .ideas import Descent, Ended, Gain, Idea, IdeaBefore, Source
from .reopenings import Answer, Reopening
from .sharing import Costed, Marks, ShareBallot, ShareOut
from .shortlists import Candidate, Shortlist, Shortlisted, Shortlisting
from .studies import Contact, ContactKind, Study

__all__ = [
    "Adopted",
    "Adoption",
    "Answer",
    "Ballot",
    "Candidate",
    "Contact",
    "ContactKind",
    "Costed",
    "Descent",
    "Ended",
    "Gain",
    "Idea",
    "IdeaBefore",
    "Marks",
    "RedSpot",
    "Reopening",
    "Round",
    "RoundKind",
    "Settled",
    "ShareBallot",
    "ShareOut",
    "Shortlist",
    "Shortlisted",
    "Shortlisting",
    "Source",
    "Study",
]
