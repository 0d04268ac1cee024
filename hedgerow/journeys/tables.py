"""Each model as exports, erasures and the checking of a backup meet it."""

from hedgerow.core.rooms import Table

from . import models, rules

TABLES = (
    Table(
        model=models.Design,
        rule=rules.SEE_DESIGN,
        columns=("id", "programme", "pack", "version", "digest", "loaded_at", "text"),
    ),
    Table(
        model=models.Journey,
        rule=rules.SEE_JOURNEY,
        columns=("id", "cluster", "design", "started_on"),
    ),
    Table(
        model=models.Stage,
        rule=rules.SEE_STAGE,
        columns=(
            "id",
            "journey",
            "position",
            "run",
            "kind",
            "name",
            "sentence",
            "planned_days",
            "is_checklist",
            "opened_at",
            "closed_at",
            "closed_by",
            "left_at",
            "reason",
        ),
    ),
    Table(
        model=models.ExitTest,
        rule=rules.SEE_TEST,
        columns=("id", "stage", "position", "slug", "sentence", "hint"),
    ),
    Table(
        model=models.Tick,
        rule=rules.SEE_TICKS,
        columns=("id", "exit_test", "evidence", "by", "at", "undone_at", "undone_by"),
    ),
    Table(
        model=models.Milestone,
        rule=rules.SEE_MILESTONE,
        columns=("id", "journey", "slug", "name", "keeper", "position", "ends_stage", "done_on"),
    ),
    Table(
        model=models.Timetable,
        rule=rules.SEE_TIMETABLE,
        columns=("id", "journey", "number", "made_at", "made_by", "reason", "move"),
    ),
    Table(
        model=models.PlannedDate,
        rule=rules.SEE_PLANNED_DATE,
        columns=("id", "timetable", "milestone", "on"),
    ),
    Table(
        model=models.Move,
        rule=rules.SEE_MOVE,
        columns=(
            "id",
            "milestone",
            "from_on",
            "to_on",
            "reason",
            "asked_by",
            "asked_at",
            "answered_by",
            "answered_at",
            "is_agreed",
            "answer",
        ),
    ),
    Table(
        model=models.Standing,
        rule=rules.SEE_STANDINGS,
        columns=("id", "milestone", "organisation", "on", "by", "at"),
    ),
    Table(
        model=models.Allowance,
        rule=rules.SEE_DAYS,
        columns=("id", "journey", "slug", "name", "half_days", "until_stage"),
    ),
    Table(
        model=models.DayLog,
        rule=rules.SEE_LOG,
        columns=(
            "id",
            "allowance",
            "on",
            "half_days",
            "what",
            "by",
            "at",
            "struck_at",
            "struck_by",
        ),
    ),
    Table(
        model=models.StageResult,
        rule=rules.SEE_RESULTS,
        # without its parts: they are members’ own, and not all who sit at the table may see them
        columns=("id", "stage", "kind", "version", "whole", "made_at"),
    ),
    Table(
        model=models.Submission,
        called="What was handed in",
        rule=rules.SEE_SUBMISSION,
        columns=(
            "id",
            "journey",
            "kind",
            "number",
            "shape",
            "whole",
            "digest",
            "words",
            "submitted_by",
            "submitted_at",
            "answer",
            "answer_words",
            "answered_by",
            "answered_at",
        ),
    ),
)
