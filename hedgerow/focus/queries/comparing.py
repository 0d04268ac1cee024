"""What a closed sharing out comes to, by its own rule and by others."""

from hedgerow.focus.models import ShareOut
from hedgerow.focus.shares.ballot_files import ballots_written
from hedgerow.focus.shares.comparisons import Comparison, compared
from hedgerow.focus.shares.outcomes import Outcome, outcome_of

from .sharing import sharing_of


def outcome_in(share_out: ShareOut) -> Outcome:
    """Three queries. Wants one that is closed, as all of these do."""
    return outcome_of(sharing_of(share_out))


def comparison_in(share_out: ShareOut) -> Comparison:
    """Three queries."""
    return compared(sharing_of(share_out))


def ballots_in(share_out: ShareOut) -> str:
    """The text of its file of ballots. Three queries, and one for the name of its cluster."""
    sharing = sharing_of(share_out)
    chosen = {one.key for one in outcome_of(sharing).chosen}
    return ballots_written(sharing, chosen, f"{share_out}, {share_out.cluster}")
