"""Files of ballots in pabulib's format: what is read, what is kept, what is refused by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.ballots import Project

from .files import META, PROJECTS, VOTES, ballots, faults, lines, points, read


def marks(found):
    return [dict(one.points) for one in found.election.ballots]


def test_a_file_is_read_whole():
    found = ballots(lines())

    assert (found.kind, found.election.budget, found.election.unit) == ("approval", 400, 1)
    assert list(found.election.projects) == [
        Project(key="van", cost=300, name="A van"),
        Project(key="rota", cost=100, name="A rota"),
    ]
    assert marks(found) == [{"van": 1}, {"van": 1, "rota": 1}, {"van": 1}, {"rota": 1}]


def test_what_we_do_not_know_is_kept():
    found = ballots(lines())

    assert found.meta["mood"] == "warm"
    assert [one["colour"] for one in found.projects] == ["red", "blue"]
    assert found.votes[1] == {"voter_id": "2", "age": ""}


def test_points_count_and_none_are_no_mark():
    for kind in ("cumulative", "scoring"):
        found = ballots(points(kind, "1;van,rota;3,1", "2;rota,van;5,0", "3;;"))
        assert marks(found) == [{"van": 3, "rota": 1}, {"rota": 5}, {}]


def test_halves_of_points_are_counted_whole():
    assert marks(ballots(points("scoring", "1;van,rota;2.5,1"))) == [{"van": 25, "rota": 10}]


def test_ranks_count_as_borda():
    assert marks(ballots(points("ordinal", "1;van,rota;", "2;rota;"))) == [
        {"van": 2, "rota": 1},
        {"rota": 2},
    ]
    assert marks(ballots(points("ordinal", "1;van;", max_length=3))) == [{"van": 3}]


def test_one_choice_is_one_mark():
    assert marks(ballots(points("choose-1", "1;van;", "2;;"))) == [{"van": 1}, {}]


def test_pence_are_counted_whole():
    changed = [line.replace("400", "400.50").replace("300", "299,5") for line in lines()]
    found = ballots(changed).election

    assert (found.unit, found.budget, found.costs) == (10, 4005, {"van": 2995, "rota": 1000})


def test_order_of_columns_quotes_marks_and_line_ends_are_as_they_come():
    meta, votes = [*META, 'note;"a ; b"'], ["vote;voter_id", "van;1", '"van, rota";2']
    text = "\r\n".join(lines(meta=meta, votes=votes))
    found = ballots(b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n")

    assert found.meta["note"] == "a ; b"
    assert marks(found) == [{"van": 1}, {"van": 1, "rota": 1}]


def votes(*rows):
    return lines(votes=[VOTES[0], *rows])


def meta(*rows):
    return lines(meta=[META[0], *rows])


def projects(*rows):
    return lines(projects=[PROJECTS[0], *rows])


BUDGET, KIND = "budget;400", "vote_type;approval"


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        ([], [(0, "")]),
        (["a;b"], [(1, "")]),
        (lines()[:6], [(0, "")]),
        (["META", *META, "VOTES", *VOTES], [(7, "")]),
        ([*lines(), "META"], [(17, "")]),
        (meta(KIND), [(0, "")]),
        (meta(BUDGET), [(0, "")]),
        (meta("budget;many", KIND), [(3, "value")]),
        (meta("budget;-4", KIND), [(3, "value")]),
        (meta(BUDGET, "vote_type;shouting"), [(4, "value")]),
        (meta(BUDGET, BUDGET, KIND), [(4, "key")]),
        (meta(BUDGET, KIND, "num_votes;5"), [(5, "value")]),
        (meta(BUDGET, KIND, "num_projects;3"), [(5, "value")]),
        (lines(projects=["id;cost", "van;3"]), [(8, "")]),
        (lines(projects=["project_id;cost;cost", "van;3;3"]), [(8, "")]),
        (
            projects("van;300;A van"),
            [(9, ""), (12, "vote"), (13, "vote"), (14, "vote"), (15, "vote")],
        ),
        (projects(*PROJECTS[1:], "van;1;x;y"), [(11, "project_id")]),
        (projects(*PROJECTS[1:], ";1;x;y"), [(11, "project_id")]),
        (projects("van;1e3;x;y", PROJECTS[2]), [(9, "cost")]),
        (votes("1;van"), [(13, "")]),
        (votes("1;van;3;4"), [(13, "")]),
        (votes("1;boat;3"), [(13, "vote")]),
        (votes("1;van,van;3"), [(13, "vote")]),
        (votes("1;van;3", "1;rota;3"), [(14, "voter_id")]),
        (votes(";van;3"), [(13, "voter_id")]),
        (votes('1;"van;3', "2;rota;4"), [(13, "")]),
        (points("choose-1", "1;van,rota;"), [(13, "vote")]),
        (points("scoring", "1;van,rota;3"), [(13, "points")]),
        (points("scoring", "1;van;-3"), [(13, "points")]),
        (lines(meta=[META[0], BUDGET, "vote_type;scoring"]), [(10, "")]),
    ],
)
def test_a_broken_file_is_refused_by_line(spoiled, told):
    assert faults(spoiled) == told


def limited(kind, vote, **said):
    return points(kind, "0;van;2", vote, "9;rota;2", **said)


@pytest.mark.parametrize(
    ("kind", "vote", "limit", "column"),
    [
        ("approval", "1;van,rota;", {"max_length": 1}, "vote"),
        ("approval", "1;;", {"min_length": 1}, "vote"),
        ("approval", "1;van,rota;", {"max_sum_cost": "399.99"}, "vote"),
        ("approval", "1;;", {"min_sum_cost": 100}, "vote"),
        ("ordinal", "1;van,rota;", {"max_length": 1}, "vote"),
        ("cumulative", "1;van,rota;2,2", {"max_sum_points": 3}, "points"),
        ("cumulative", "1;van;1", {"min_sum_points": 2}, "points"),
        ("scoring", "1;van,rota;2,3", {"max_points": 2}, "points"),
        ("scoring", "1;van,rota;2,1", {"min_points": 2}, "points"),
    ],
)
def test_a_ballot_beyond_what_its_own_file_allows_is_refused_by_line(kind, vote, limit, column):
    found = limited(kind, vote, **limit)

    assert faults(found) == [(found.index(vote) + 1, column)]


def test_a_ballot_at_the_limit_is_read():
    said = {"max_length": 2, "min_length": 1, "max_sum_points": 4, "max_sum_cost": 400}
    assert marks(ballots(limited("cumulative", "1;van,rota;2,2", min_points=2, **said)))


def test_a_limit_that_is_not_said_allows_all_and_one_that_is_no_number_is_refused():
    assert ballots(points("approval", "1;van,rota;", max_length=""))
    found = points("approval", "1;van,rota;", max_length="many")
    assert faults(found) == [(found.index("max_length;many") + 1, "value")]


def test_marks_in_another_order_are_the_same_ballot():
    one, other = ballots(votes("1;van,rota;3", "2;rota,van;3")).election.ballots

    assert one.points is other.points


def test_what_is_not_text_is_refused():
    assert faults("\n".join(lines()).encode().replace(b"blue", b"bl\xfce")) == [(10, "")]
    assert faults(b"PK\x03\x04\0\0") == [(1, "")]
    assert faults("\n".join(lines()).encode("utf-16")) == [(1, "")]


def test_of_many_faults_fifty_are_told():
    assert len(faults(votes(*(f"{n};boat;1" for n in range(80))))) == 50


def test_faults_are_sentences():
    _, wrong = read(votes("1;boat;3", "2;van"))

    assert [fault.sentence for fault in wrong] == [
        "“boat” is not one of the projects.",
        "This line has 2 cells, and its table has 3 columns.",
    ]


@given(st.data())
def test_a_file_cut_or_garbled_is_read_or_refused_and_never_breaks(data):
    text = "\n".join(lines()).encode()
    place = data.draw(st.integers(0, len(text)))
    garbled = (
        text[:place]
        + data.draw(st.binary(max_size=6))
        + text[data.draw(st.integers(0, 9)) + place :]
    )
    found, wrong = read(garbled)

    assert (found is None) == bool(wrong)
