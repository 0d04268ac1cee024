"""What counts as a step on a journey: something was done, not only asked for, moved or taken back."""

STEPS = frozenset(
    {
        "journeys.journey_started",
        "journeys.exit_test_ticked",
        "journeys.stage_closed",
        "journeys.move_agreed",
        "journeys.move_refused",
        "journeys.milestone_met",
        "journeys.days_logged",
        "journeys.submitted",
        "journeys.submission_answered",
    }
)
