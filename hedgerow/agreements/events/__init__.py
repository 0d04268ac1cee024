"""The record in sentences."""

from . import boards, decisions, meetings, promises

SENTENCES = {
    **decisions.SENTENCES,
    **meetings.SENTENCES,
    **promises.SENTENCES,
    **boards.SENTENCES,
}
