"""The record in sentences."""

from . import decisions, meetings, promises

SENTENCES = {**decisions.SENTENCES, **meetings.SENTENCES, **promises.SENTENCES}
