"""What we write, and the names that we know, beside the standard's own schema."""

import io
import json
import re
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.giving.standard import GRANT, PACKAGE, path_of, title_of
from hedgerow.grants.giving.values import CURRENCIES
from hedgerow.grants.giving.writing import as_json, write_json

from .files import PUBLISHED, grant, read
from .test_writing import packages

SCHEMA = json.loads((PUBLISHED / "schema" / "360-giving-schema.json").read_bytes())
OF_PACKAGE = json.loads((PUBLISHED / "schema" / "360-giving-package-schema.json").read_bytes())

TYPES = {
    "object": lambda it: isinstance(it, dict),
    "array": lambda it: isinstance(it, list),
    "string": lambda it: isinstance(it, str),
    "number": lambda it: isinstance(it, int | float) and not isinstance(it, bool),
    "null": lambda it: it is None,
}


def valid(it, schema):
    """The keywords of JSON Schema that these two schemas use, and no others."""
    strange = schema.keys() - KEYWORDS.keys() - SILENT
    assert not strange, strange
    return all(KEYWORDS[key](it, schema[key], schema) for key in schema.keys() & KEYWORDS.keys())


def _ref(it, name, _):
    return valid(it, SCHEMA if "://" in name else SCHEMA["$defs"][name.rpartition("/")[2]])


def _format(it, name, _):
    if name == "uri":
        return bool(re.fullmatch(r"[a-z][a-z0-9+.-]*://[^\s<>\"{}|\\^`]+", it, re.ASCII))
    assert name == "date-time"
    try:
        return datetime.fromisoformat(it).tzinfo is not None and "T" in it
    except ValueError:
        return False


SILENT = {
    "$id", "$schema", "$defs", "title", "description", "codelist", "openCodelist", "rollUp",
}  # fmt: skip
KEYWORDS = {
    "$ref": _ref,
    "type": lambda it, of, _: any(TYPES[one](it) for one in ([of] if isinstance(of, str) else of)),
    "required": lambda it, of, _: set(of) <= it.keys(),
    "properties": lambda it, of, _: all(valid(it[key], of[key]) for key in it.keys() & of.keys()),
    "items": lambda it, of, _: all(valid(one, of) for one in it),
    "minItems": lambda it, of, _: len(it) >= of,
    "uniqueItems": lambda it, of, _: len({json.dumps(one) for one in it}) == len(it),
    "enum": lambda it, of, _: it in of,
    "minimum": lambda it, of, _: it >= of,
    "pattern": lambda it, of, _: re.search(of, it) is not None,
    "oneOf": lambda it, of, _: sum(valid(it, one) for one in of) == 1,
    "format": _format,
}


def valid_package(package):
    try:
        return valid(package, OF_PACKAGE)
    except (TypeError, AttributeError):  # a keyword met another type than its own
        return False


def test_this_validator_refuses_and_accepts():
    assert valid_package({"grants": [grant()]})
    for changed in ({"id": 5}, {"awardDate": "soon"}, {"fromOpenCall": "Y"}, {"currency": "gbp"}):
        assert not valid_package({"grants": [grant(**changed)]})
    assert not valid_package({"grants": []})


@given(packages)
def test_what_is_written_is_valid_by_the_schema(found):
    text = io.StringIO()
    write_json(found, text)

    assert valid_package(json.loads(text.getvalue()))


def test_a_real_file_is_valid_once_it_was_read_and_written():
    name = "ab_charitable_trust_783.json"
    found = read((PUBLISHED / name).read_bytes(), name)
    text = io.StringIO()
    write_json(found.grants, text)

    assert valid_package(json.loads(text.getvalue()))


anything = (
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(
        [
            "",
            "Yes",
            "Y",
            "GBP",
            "gbp",
            "2026-03-17",
            "2026",
            "17/3/2026",
            "2026-03-17T10:00:00Z",
            "x",
        ]
    )
)
parts = st.dictionaries(
    st.sampled_from(["id", "name", "title", "code", "startDate", "duration", "vocabulary"]),
    anything,
    max_size=3,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [*list(as_json(read([grant()]).grants[0])), "fromOpenCall", "plannedDates"]
        ),
        anything | st.lists(parts, max_size=2),
        max_size=3,
    )
)
def test_whatever_our_rules_accept_the_schema_accepts(changed):
    package = {"version": "1.4", "grants": [grant(**changed)]}

    if not faults_of(package):
        assert valid_package(package)


def test_our_names_are_those_of_the_standard():
    assert OF_PACKAGE["properties"].keys() == PACKAGE
    defined = SCHEMA["$defs"]

    def same(ours, theirs):
        assert ours.titles.keys() == theirs["properties"].keys()
        for key, told in theirs["properties"].items():
            assert ours.titles[key] == told.get("title", ours.titles[key])
            name = told.get("$ref") or (told.get("items") or {}).get("$ref", "")
            if name and key != "currency":
                assert ours.parts[key].is_single == ("$ref" in told)
                same(ours.parts[key], defined[name.rpartition("/")[2]])

    same(GRANT, SCHEMA)
    assert set(defined["currency"]["enum"]) >= CURRENCIES


def test_every_title_is_read_back():
    def walk(fields, path):
        for key in fields.titles:
            part = fields.parts.get(key)
            if part:
                yield from walk(part, (*path, key) if part.is_single else (*path, key, 0))
            else:
                yield (*path, key)

    for path in walk(GRANT, ()):
        assert path_of(title_of(path)) == path
        assert path_of(title_of(path, numbered=True)) == path
