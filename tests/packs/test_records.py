import re
from collections import Counter

import pytest

from hedgerow.journeys.packs import load_programme_pack
from hedgerow.people.published import Month, load_record, read_record

from .texts import read, text_of, told

RECORD = "records/collaborate-2"


@pytest.fixture(scope="module")
def record():
    return load_record("collaborate-2")


def spoiled(old, new, *, times=1):
    text = text_of(RECORD)
    assert old in text
    record, faults = read(RECORD, text.replace(old, new, times))
    assert record is None
    return told(faults)


def line_of(words):
    """Line and column at which these words first stand."""
    before = text_of(RECORD).split(words)[0].split("\n")
    return len(before), len(before[-1]) + 1


def test_the_record_has_no_fault():
    record, faults = read(RECORD, text_of(RECORD))
    assert told(faults) == []
    assert record.slug == "collaborate-2"


def test_four_clusters_with_the_eighteen_organisations_that_are_named(record):
    members = {cluster.place: [m.name for m in cluster.members] for cluster in record.clusters}
    assert members == {
        "Bolton": [
            "BASE",
            "Bolton Young People’s Homelessness Project",
            "The Bond Board",
            "Fortalice",
            "PAWS for Kids",
            "Urban Outreach",
        ],
        "Durham": ["SHAID", "DASH", "Moving On", "Waddington Street Centre"],
        "London": [
            "Asha",
            "Ashiana",
            "Imkaan",
            "Latin American Women’s Aid",
            "Newham Asian Women’s Project",
        ],
        "Nottingham": [
            "Emmanuel House Day Centre",
            "Hostels Liaison Group",
            "The Priory Day Centre",
        ],
    }


@pytest.mark.parametrize(
    ("slug", "value", "shown", "unit"),
    [
        ("clusters", 4, "4", "clusters"),
        ("organisations", 18, "18", "organisations"),
        ("cluster-size", 3, "3 to 6", "organisations"),
        ("award", 15_000_00, "£15,000", "money"),
        ("facilitator-days", 6, "up to 6", "days"),
        ("ict-clusters", 3, "3", "clusters"),
        ("ict-days", 4, "about 4", "days"),
        ("months-first-planned", 5, "5", "months"),
        ("timetable-changes", 2, "2", "times"),
        ("months-to-plan", 4, "4", "months"),
        ("months-to-spend", 4, "4", "months"),
        ("meetings", 3, "3 to 4", "meetings"),
        ("ict-reviewed", 13, "13", "organisations"),
        ("ict-below", 12, "12", "organisations"),
        ("saved", 20_000_00, "over £20,000", "money"),
        ("cost-of-a-cluster", 21_500_00, "about £21,500", "money"),
        ("cost-of-an-organisation", 4_600_00, "about £4,600", "money"),
        ("modernisation-fund-cost", 11_000_00, "£11,000", "money"),
        ("modernisation-fund-days", 2, "2", "days"),
    ],
)
def test_the_programmes_numbers_are_those_that_were_published(record, slug, value, shown, unit):
    number = record.number(slug)
    assert (number.value, number.shown, number.unit) == (value, shown, unit)


def test_the_record_and_the_pack_tell_of_one_programme(record):
    pack = load_programme_pack(record.pack)

    assert [stage.kind for stage in record.stages] == [stage.kind for stage in pack.stages]
    assert [stage.name for stage in record.stages] == [stage.name for stage in pack.stages]
    assert [(r.slug, r.name, r.is_essential) for r in record.ground_rules] == [
        (r.slug, r.name, r.is_essential) for r in pack.ground_rules
    ]
    assert record.number("award").value == pack.award_pence
    assert record.number("facilitator-days").value * 2 == pack.half_days("facilitation")
    assert record.number("ict-days").value * 2 == pack.half_days("ict-review")
    assert record.number("months-to-plan").value == pack.months_to_plan
    assert record.number("months-to-spend").value == pack.months_to_spend
    assert record.number("clusters").value == len(record.clusters)
    assert record.number("organisations").value == sum(len(c.members) for c in record.clusters)
    sizes = [len(cluster.members) for cluster in record.clusters]
    assert (record.number("cluster-size").value, record.number("cluster-size").up_to) == (
        min(sizes),
        max(sizes),
    )


def test_each_fact_has_a_sentence_a_source_and_a_month(record):
    placed = list(record.placed_facts())

    assert len(placed) == text_of(RECORD).count(" sentence: ")
    for entry in placed:
        fact = entry.fact
        assert fact.sentence.endswith(".")
        assert fact.source in record.sources
        assert fact.section
        assert Month(year=2009, month=10) <= fact.as_at <= Month(year=2010, month=7)
        assert len(entry.heading) <= 80
        assert len(str(fact.as_at)) <= 40


def test_what_was_achieved_stands_as_at_october_2009(record):
    outcomes = [
        fact
        for cluster in record.clusters
        for fact in (*cluster.chose, *cluster.achieved)
        if fact.section == "Outcomes"
    ]
    assert {str(fact.as_at) for fact in outcomes} == {"October 2009"}
    assert Counter(str(f.as_at) for c in record.clusters for f in c.achieved) == {
        "October 2009": 5 + 3 + 1 + 4
    }


def test_a_fact_is_placed_with_whom_it_is_about(record):
    by_heading = Counter((entry.heading, entry.cluster) for entry in record.placed_facts())

    assert by_heading["Members", "bolton"] == 6
    assert by_heading["What they achieved", "nottingham"] == 4
    assert by_heading["Ground rules", None] == 6
    assert by_heading["Who helped", "durham"] == 2
    assert by_heading["What they worked on", None] == 3
    assert by_heading["What else was named", None] == 6
    assert by_heading["Tips from those who did it", None] == 5


def test_a_source_is_cited_in_one_line(record):
    assert record.number("award").fact.cited == (
        "HACT, Sustaining diversity through clustering: a HACT housing and support project. "
        "Executive summary (2010), Background; Evaluation"
    )


def test_a_number_stands_only_where_one_charity_can_be_meant(record):
    numbers = {
        m.name: [i.org_id for i in m.identifiers]
        for cluster in record.clusters
        for m in cluster.members
        if m.identifiers
    }
    assert numbers == {
        "The Bond Board": ["GB-CHC-1040176"],
        "Fortalice": ["GB-CHC-1124031"],
        "PAWS for Kids": ["GB-CHC-1084861"],
        "Urban Outreach": ["GB-CHC-1044203"],
        "SHAID": ["GB-CHC-1074505"],
        "Moving On": ["GB-CHC-1111581"],
        "Waddington Street Centre": ["GB-CHC-701514"],
        "Imkaan": ["GB-CHC-1105976"],
    }


def test_two_members_are_second_tier_and_help_their_clusters(record):
    members = {m.slug for c in record.clusters for m in c.members if m.is_second_tier}
    helpers = {e.slug for e in record.enablers if e.role == "second-tier"}
    assert members == helpers == {"imkaan", "hostels-liaison-group"}


# Written apart from the reader's own, so that a mistake there does not pass here.
@pytest.mark.parametrize(
    "door",
    [
        r"(?i)\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b",
        r"(?i)\b\d+\w?,?\s+(\w+\s+){0,3}(street|st|road|rd|lane|avenue|square|close|drive|way)\b",
        r"(?i)\bpo box\b",
        r"\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b",
        r"@",
        r"(?i)\b(latitude|longitude|easting|northing|postcode)\s*:",
        r"\b-?\d{1,2}\.\d{3,}\b",
    ],
)
def test_nothing_in_the_record_leads_to_anybodys_door(door):
    assert not re.search(door, " ".join(text_of(RECORD).split()))


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("met at BL1 1AB", "a postcode"),
        ("met at bl11ab", "a postcode"),
        ("met at 12 Orchard Lane", "an address"),
        ("ring 01632 960 014", "a telephone number"),
        ("write to a.b@c.example", "an email address"),
    ],
)
def test_a_way_to_somebodys_door_is_a_fault(words, what):
    row, column = line_of("The team encouraged")
    faults = spoiled("The team encouraged", f"They {words} and encouraged")
    where = column + len("They ") + re.search(r"[bB][lL]1|12|01632|a\.b@", words).start()
    where += 2 if what == "an email address" else 0

    assert faults == [
        (
            f"{row}:{where} Line {row}: {what} stands here; "
            "the published record leads to nobody’s door."
        )
    ]


def test_a_fact_without_source_section_or_month_is_a_fault():
    row, column = line_of("sentence: There were four clusters")
    faults = spoiled(
        "sentence: There were four clusters, in Bolton, Durham, London and Nottingham.\n"
        "    source: s4\n    section: Background\n    as_at: 2010-07\n",
        "sentence: There were four.\n",
    )
    first = row - 4
    assert sorted(faults) == [
        f"{first}:{column} Line {first}: “as_at” is missing here.",
        f"{first}:{column} Line {first}: “section” is missing here.",
        f"{first}:{column} Line {first}: “source” is missing here.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words", "sentence"),
    [
        (
            "source: s4",
            "source: s5",
            "source: s4",
            "“source” must be one of s4, worksheets, register; it says “s5”.",
        ),
        (
            "as_at: 2010-07",
            "as_at: July 2010",
            "as_at: 2010-07",
            "“as_at” must be a year and a month, such as 2009-10; it says “July 2010”.",
        ),
        (
            "org_id: GB-CHC-1040176",
            "org_id: 1040176",
            "org_id: GB-CHC-1040176",
            "“org_id” must be a charity’s number such as GB-CHC-1040176; it says “1040176”.",
        ),
        (
            "GB-CHC-1124031",
            "GB-CHC-1040176",
            "GB-CHC-1124031",
            "“GB-CHC-1040176” is the “org_id” on line {bond} already.",
        ),
        ("to: 6", "to: 2", "to: 6", "“to” must be more than “figure”."),
        (
            "cluster: durham",
            "cluster: derby",
            "cluster: durham",
            "“cluster” must be one of bolton, durham, london, nottingham; it says “derby”.",
        ),
        (
            "role: guardian",
            "role: boss",
            "role: guardian",
            ("“role” must be one of guardian, facilitator, reviewer, funder, sponsor, "
            "second-tier, larger-agency; it says “boss”."),
        ),
        (
            "figure: £15,000",
            "figure: 15 thousand",
            "figure: £15,000",
            "“figure” must be an amount in pounds, such as £15,000; it says “15 thousand”.",
        ),
        (
            "slug: dash",
            "slug: base",
            "slug: dash",
            "“base” is the “slug” on line {base} already.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_record_is_said_with_its_line_and_column(old, new, words, sentence):
    row, column = line_of(words)
    column += words.index(": ") + 2 if ": " in words else 0
    said = sentence.format(bond=line_of("GB-CHC-1040176")[0], base=line_of("slug: base")[0])

    assert spoiled(old, new) == [f"{row}:{column} Line {row}: {said}"]


def test_a_record_of_nothing_is_all_faults_and_no_traceback():
    record, faults = read_record("slug: x\n", name="x.yaml")
    assert record is None
    assert {fault.sentence for fault in faults} >= {
        "Line 1: “clusters” is missing here.",
        "Line 1: “sources” is missing here.",
    }


def test_a_record_that_does_not_ship_cannot_be_loaded():
    with pytest.raises(LookupError, match="no record called"):
        load_record("../programmes/collaborate-2")
