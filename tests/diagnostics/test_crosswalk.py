"""Which frameworks ask about what, by name only; and what nobody asks."""

from hedgerow.diagnostics.questions import packs
from hedgerow.diagnostics.questions.crosswalk import carried, crosswalk, read_crosswalk

WALK = crosswalk()

# Frameworks that ask about each topic, as the domain dossier has them (5.3).
ASKED_BY = {
    "leadership": 6,
    "strategy": 5,
    "culture": 5,
    "skills": 6,
    "users": 5,
    "content": 2,
    "data": 4,
    "technology": 4,
    "security": 4,
    "money": 4,
    "innovation": 3,
    "collaboration": 2,
}


def test_the_cells_are_those_that_were_found():
    assert {topic.slug: len(topic.asked_as) for topic in WALK.topics} == ASKED_BY


def test_what_hardly_anybody_asks_is_computed_from_the_empty_cells():
    found = [topic.slug for topic in WALK.hardly_asked]
    plain = [topic.slug for topic in WALK.topics if ASKED_BY[topic.slug] <= 2]
    assert sorted(found) == sorted(plain)
    assert found[0] == "collaboration", "what a cluster is for comes first"
    frameworks = {it.slug for it in WALK.frameworks}
    assert all(topic.asked_as.keys() <= frameworks for topic in WALK.topics)


def test_every_topic_is_carried_by_a_question_of_ours():
    ours = carried(packs.shipped().values())
    assert ours.keys() == {topic.slug for topic in WALK.topics}
    items = [(it.slug, item.slug) for found in ours.values() for it, item in found]
    carrying = [
        (it.slug, item.slug) for it in packs.shipped().values() for item in it.items if item.topic
    ]
    assert sorted(items) == sorted(carrying)


def test_no_framework_comes_without_owner_levels_and_licence():
    for it in WALK.frameworks:
        assert it.owner and it.levels and "only names stand here" in it.licence


def test_a_crosswalk_that_names_no_framework_it_has_is_refused_by_its_line():
    text = (
        "source: {title: T, publisher: P, licence: Ours.}\n"
        "frameworks:\n"
        "  - {slug: a, name: A, owner: O, levels: None., licence: Names only.}\n"
        "topics:\n"
        "  - {slug: t, name: T, sentence: It is., asked_as: {b: words}}\n"
    )
    found, faults = read_crosswalk(text, name="walk.yaml")
    assert found is None
    assert [(fault.row, "“b” is not a name" in fault.sentence) for fault in faults] == [(5, True)]
    sound, none = read_crosswalk(text.replace("{b: words}", "{a: words}"), name="walk.yaml")
    assert none == () and sound.topics[0].asked_as == {"a": "words"}
