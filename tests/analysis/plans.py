"""Plans of any shape, for laws."""

from datetime import date

from hypothesis import strategies as st

from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS, Line, Objective, Step, Workplan

MEMBERS = range(1, 7)
days = st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1))
words = st.sampled_from(["", "We learn together.", "Other words."])


@st.composite
def lines(draw, objectives=(), organisations=MEMBERS, most=10):
    def line(number):
        kind = draw(st.sampled_from(list(LINE_KINDS)))
        is_hours = kind == "in_kind"
        return Line(
            number=number,
            objective=draw(st.sampled_from([None, *objectives])),
            member=draw(st.sampled_from([None, *organisations])),
            category=draw(st.sampled_from([*CATEGORIES, "unheard-of"])),
            kind=kind,
            title=draw(words),
            pence=draw(st.integers(0, 10**7)),
            hours=draw(st.integers(1, 400)) if is_hours else None,
        )

    return tuple(line(number) for number in draw(st.sets(st.integers(1, 20), max_size=most)))


@st.composite
def steps(draw, objectives, most=8):
    numbers = sorted(draw(st.sets(st.integers(1, 20), max_size=most))) if objectives else []
    return tuple(
        Step(
            number=number,
            objective=draw(st.sampled_from(objectives)),
            kind=draw(st.sampled_from(["activity", "milestone"])),
            title=draw(words),
            starts_on=draw(days),
            due_on=draw(days),
            holders=tuple(draw(st.lists(st.sampled_from([*MEMBERS, 9]), max_size=2, unique=True))),
            alone_because=draw(words),
            after=tuple(draw(st.lists(st.sampled_from(numbers), max_size=3, unique=True))),
            is_quick_win=draw(st.booleans()),
        )
        for number in numbers
    )


@st.composite
def plans(draw):
    """With members, and lines of organisations that are none."""
    numbers = draw(st.lists(st.integers(1, 6), max_size=4, unique=True))
    objectives = tuple(
        Objective(
            number=number,
            title=draw(words),
            for_whom=draw(words),
            judged_how=draw(words),
            judged_on=draw(days),
            theme=draw(words),
            strand=draw(st.sampled_from(["main", "parallel"])),
            found=draw(words),
            stands_behind=draw(words),
            differs=draw(words),
        )
        for number in numbers
    )
    return Workplan(
        summary=draw(words),
        meetings=draw(words),
        meeting_days=tuple(
            draw(st.lists(st.dates(date(2026, 1, 1), date(2026, 2, 1)), max_size=3, unique=True))
        ),
        award=draw(st.integers(0, 10**8)),
        members=tuple(draw(st.lists(st.sampled_from(MEMBERS), unique=True))),
        boards_needed=draw(st.integers(0, 6)),
        boards_agreed=draw(st.integers(0, 6)),
        objectives=objectives,
        steps=draw(steps(numbers)),
        lines=draw(lines(numbers)),
    )
