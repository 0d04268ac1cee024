"""Each model of the diagnostics, as exports, erasures and the checking of a backup meet it."""

from hedgerow.core.rooms import Table

from . import models, rules

TABLES = (
    Table(
        model=models.Round,
        called="Rounds of questions",
        rule=rules.SEE_ROUNDS,
        columns=(
            "id",
            "cluster",
            "number",
            "stage",
            "opened_by",
            "opened_at",
            "due_on",
            "closed_by",
            "closed_at",
        ),
    ),
    Table(
        model=models.Asking,
        called="What was asked in a round",
        rule=rules.SEE_ASKINGS,
        columns=("id", "round", "position", "slug", "number", "text", "roles"),
    ),
    Table(
        model=models.Shared,
        called="How far a section is shared",
        rule=rules.SEE_SHARED,
        columns=("id", "asking", "organisation", "section", "audience"),
    ),
    Table(
        model=models.Sheet,
        called="Who answered for an organisation",
        rule=rules.SEE_SHEETS,
        columns=(
            "id",
            "asking",
            "organisation",
            "seat",
            "role",
            "filled",
            "seconds",
            "recorded_by",
            "confirmed_at",
            "begun_at",
            "changed_at",
            "finished_at",
        ),
    ),
    Table(
        model=models.SectionAnswers,
        called="Answers",
        rule=rules.SEE_OWN_ANSWERS,
        columns=("id", "sheet", "shared", "answers", "kept_at"),
    ),
    Table(
        model=models.AnswerFile,
        called="Files that answer a question",
        rule=rules.SEE_OWN_FILES,
        columns=("id", "section", "item", "name", "n_bytes", "at"),
    ),
    Table(
        model=models.WhyNot,
        called="Why members did not answer",
        rule=rules.SEE_WHY_NOTS,
        columns=("id", "round", "organisation", "words", "by", "at", "ended_at"),
    ),
    Table(
        model=models.Consent,
        called="Tables that an organisation let be shown",
        rule=rules.SEE_CONSENTS,
        columns=("id", "asking", "organisation", "by", "among", "at", "ended_at"),
    ),
    Table(
        model=models.Release,
        called="Figures that were released",
        rule=rules.SEE_RELEASES,
        columns=(
            "id",
            "asking",
            "profile",
            "cells",
            "contributors",
            "by_consent",
            "held_back",
            "at",
        ),
    ),
    Table(
        model=models.Snapshot,
        called="What rounds came to",
        rule=rules.SEE_SNAPSHOTS,
        # without its parts: they are members’ answers, which not all who sit at the table may see
        columns=("id", "round", "kind", "version", "whole", "made_at"),
    ),
    Table(
        model=models.Talk,
        called="What came of talking the picture through",
        rule=rules.SEE_TALKS,
        columns=("id", "round", "on", "needs", "own", "outside", "by", "at"),
    ),
)
