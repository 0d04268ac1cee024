"""Whatever happens to a file that ships, its reader answers in sentences."""

import re

import pytest
from hypothesis import example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from .texts import SHIPPED, read, text_of

MAY_GO = {
    *("essential", "checklist", "second_tier", "qualifier", "to", "cluster"),
    *("allowances", "identifiers"),
}
NAME = re.compile(r"( *(?:- )?)([a-z_]+):(?: (.+))?")
# Reading the record takes a tenth of a second, so fewer are tried than elsewhere.
FEWER = trying(max_examples=max(1, trying().max_examples // 5), deadline=None)


def names_in(which):
    """Line number, indent and name of all that stands before a colon, comments left out."""
    lines = text_of(which).split("\n")
    found = [(n, NAME.fullmatch(line)) for n, line in enumerate(lines, start=1)]
    return [(n, match[1], match[2], match[3]) for n, match in found if match]


def with_line(which, row, *new):
    lines = text_of(which).split("\n")
    return "\n".join([*lines[: row - 1], *new, *lines[row:]])


def is_told_plainly(which, text):
    """Faults of a spoiled text, each checked for being a sentence at a place in it."""
    found, faults = read(which, text)
    assert (found is None) == bool(faults)
    for fault in faults:
        assert re.fullmatch(rf"Line {fault.row}: .+[.?]", fault.sentence)
        assert "Traceback" not in fault.sentence
        assert 1 <= fault.row <= len(re.split(r"\r\n|\r|\n", text))
        assert int(fault.column) >= 1
        assert fault.sheet == f"{which}.yaml"
    return faults


@pytest.mark.parametrize("which", SHIPPED)
@given(data=st.data())
@FEWER
def test_a_name_that_is_misspelt_is_found_where_it_stands(which, data):
    row, before, name, said = data.draw(st.sampled_from(names_in(which)))

    faults = is_told_plainly(
        which, with_line(which, row, f"{before}{name}x:{f' {said}' if said else ''}")
    )

    assert (row, str(len(before) + 1)) in {(fault.row, fault.column) for fault in faults}
    assert any(f"“{name}x” is not a name that can stand here" in f.sentence for f in faults)


@pytest.mark.parametrize("which", SHIPPED)
@given(data=st.data())
@FEWER
def test_a_name_that_is_gone_is_missed(which, data):
    needed = [line for line in names_in(which) if line[2] not in MAY_GO]
    row, _, _, _ = data.draw(st.sampled_from(needed))
    assert is_told_plainly(which, with_line(which, row))


@pytest.mark.parametrize("which", SHIPPED)
@given(data=st.data())
@FEWER
def test_a_name_that_is_there_twice_is_found_the_second_time(which, data):
    once = [line for line in names_in(which) if "-" not in line[1] and line[3]]
    row, before, name, said = data.draw(st.sampled_from(once))
    line = f"{before}{name}: {said}"

    faults = is_told_plainly(which, with_line(which, row, line, line))

    assert [(f.row, f.column, f.sentence) for f in faults] == [
        (
            row + 1,
            str(len(before) + 1),
            f"Line {row + 1}: “{name}” is here twice; it is on line {row} already.",
        )
    ]


@pytest.mark.parametrize("which", SHIPPED)
@given(data=st.data())
@FEWER
def test_what_is_of_the_wrong_kind_is_found_where_it_stands(which, data):
    row, before, name, said = data.draw(
        st.sampled_from([line for line in names_in(which) if line[3]])
    )
    wrong = "{no: list}" if said.startswith("[") else "[no, words]"

    faults = is_told_plainly(which, with_line(which, row, f"{before}{name}: {wrong}"))

    assert (row, str(len(f"{before}{name}: ") + 1)) in {(f.row, f.column) for f in faults}


@pytest.mark.parametrize("which", SHIPPED)
@given(data=st.data())
@FEWER
def test_a_tab_is_found_where_it_stands(which, data):
    text = text_of(which)
    where = data.draw(st.integers(0, len(text)))
    row = text[:where].count("\n") + 1
    column = where - (text.rfind("\n", 0, where) + 1) + 1

    (fault,) = is_told_plainly(which, f"{text[:where]}\t{text[where:]}")

    assert (fault.row, fault.column) == (row, str(column))
    assert fault.sentence == f"Line {row}: there is a tab here; write spaces in its place."


scraps = st.sampled_from(
    [
        "\t",
        ":",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!x ",
        '"',
        "'",
        "#",
        "|",
        ">",
        "\n",
        "\n---\n",
        "? ",
        "%",
        "@",
        "  ",
        "\x00",
        "£",
        "\\",
        "99999999999999999999",
        "-1",
        "null",
        ".",
    ]
) | st.text(max_size=12)


@pytest.mark.parametrize("which", SHIPPED)
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), scraps), min_size=1, max_size=3)
)
@example(cuts=[(0.0, 10**9, "")])
@FEWER
def test_whatever_is_cut_out_or_put_in_the_answer_is_in_sentences(which, cuts):
    text = text_of(which)
    for share, length, scrap in cuts:
        where = int(share * len(text))
        text = text[:where] + scrap + text[where + length :]
    is_told_plainly(which, text)


@pytest.mark.parametrize("which", SHIPPED)
def test_a_file_of_aliases_within_aliases_is_not_unfolded(which):
    bomb = "\n".join(
        ["a0: &a0 [ha, ha]"]
        + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    )
    faults = is_told_plainly(which, f"{text_of(which)}\n{bomb}\n")
    assert any("names this place for later" in fault.sentence for fault in faults)


@pytest.mark.parametrize("which", SHIPPED)
def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(which):
    text = text_of(which) + "# more\n" * 1_500_000
    (fault,) = is_told_plainly(which, text)
    assert (
        fault.sentence
        == "Line 1: the file is longer than 1,000,000 characters; take a shorter one."
    )


@pytest.mark.parametrize("which", SHIPPED)
def test_an_empty_file_is_refused_with_one_sentence(which):
    (fault,) = is_told_plainly(which, "")
    assert fault.sentence == "Line 1: nothing is written in this file."
