"""What the history says of the way to a focus: never a vote, a mark or a word of a draft."""

from . import focuses, ideas, sharing, shortlisting, studies

SENTENCES = {
    **ideas.SENTENCES,
    **shortlisting.SENTENCES,
    **sharing.SENTENCES,
    **studies.SENTENCES,
    **focuses.SENTENCES,
}
