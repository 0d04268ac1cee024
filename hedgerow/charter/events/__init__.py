"""The record in sentences."""

from . import core_group, rest, rules

SENTENCES = {**rest.SENTENCES, **rules.SENTENCES, **core_group.SENTENCES}
