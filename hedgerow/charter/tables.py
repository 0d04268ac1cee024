"""Each model of the charter, as exports, erasures and the checking of a backup meet it."""

from hedgerow.core.rooms import Table

from . import models, rules

TABLES = (
    Table(
        model=models.Charter,
        called="What a cluster is for",
        rule=rules.SEE_CHARTERS,
        columns=(
            "id",
            "cluster",
            "driver",
            "driver_words",
            "objectives",
            "needs",
            "gatherer",
            "gatherer_agreed_at",
            "answers_by",
            "readable_years",
        ),
    ),
    Table(
        model=models.RuleSet,
        called="Versions of the ground rules",
        rule=rules.SEE_RULE_SETS,
        columns=("id", "cluster", "number", "made_by", "made_at", "reason", "came_from"),
    ),
    Table(
        model=models.GroundRule,
        called="Ground rules",
        rule=rules.SEE_GROUND_RULES,
        columns=("id", "rule_set", "position", "slug", "name", "sentence", "is_essential"),
    ),
    Table(
        model=models.Assent,
        called="Agreements to the rules",
        rule=rules.SEE_ASSENTS,
        columns=(
            "id",
            "rule_set",
            "organisation",
            "note",
            "channel",
            "by",
            "recorded_by",
            "at",
            "confirmed_by",
            "confirmed_at",
            "ended_at",
        ),
    ),
    Table(
        model=models.RuleTest,
        called="Notes on when a rule was tested",
        rule=rules.SEE_RULE_TESTS,
        columns=("id", "cluster", "slug", "on", "words", "by", "at", "taken_back_at"),
    ),
    Table(
        model=models.Delegation,
        called="What a seat may commit",
        rule=rules.SEE_DELEGATIONS,
        columns=("id", "seat", "words", "up_to", "days", "by", "at", "ended_at"),
    ),
    Table(
        model=models.Competition,
        called="Where members compete",
        rule=rules.SEE_COMPETITIONS,
        columns=("id", "cluster", "organisation", "where", "stops", "by", "at", "taken_back_at"),
    ),
    Table(
        model=models.Readiness,
        called="How ready an organisation is",
        rule=rules.SEE_READINESS,
        columns=(
            "id",
            "organisation",
            "cluster",
            "answers",
            "limits",
            "audience",
            "begun_at",
            "changed_at",
            "finished_at",
        ),
    ),
    Table(
        model=models.Profile,
        called="What a cluster says of itself",
        rule=rules.SEE_PROFILE,
        columns=("id", "cluster", "about", "boilerplate", "contact"),
    ),
    Table(
        model=models.Logo,
        called="Logos",
        rule=rules.SEE_LOGO,
        columns=("id", "profile", "width", "height", "described"),
    ),
)
