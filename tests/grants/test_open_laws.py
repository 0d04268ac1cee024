"""Which awards can be published is decided from a few facts: exactly those whose grant is as the
standard wants it, whatever stands in the rows; and a page shows what the file holds, no more."""

from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.giving.shapes import Organisation as Party
from hedgerow.grants.giving.writing import as_json
from hedgerow.grants.models import Publisher
from hedgerow.grants.queries.open_data import Open, grant_from, open_awards, text_of
from hedgerow.grants.queries.open_facts import Facts, sifted_awards, why_held_back, wrong_with
from hedgerow.grants.queries.open_pages import award_lines, open_programmes, publishing
from hedgerow.ledger.models import Award, Posting
from hedgerow.people.models import Cluster, Identifier, Member, Organisation, Programme, Scheme
from tests.factories import scene

from .opened import more_awards
from .opened import publishing as one_that_publishes

MOST = 2**63 - 1  # that a row can hold
said = st.text("Aé=-, \u00a0", min_size=1, max_size=3).filter(str.strip)
anything = st.sampled_from(["", " ", "\u00a0\t", "\x1f", "\u200b", "-"])
parties = st.tuples(said, said)  # name and number
SOUND = {
    "members": st.lists(parties, min_size=1, max_size=3),
    "holder": st.just(0),  # the place among them
    "cluster_name": said,
    "cluster_slug": said,
    "pence": st.integers(1, MOST),
    "released": st.integers(0, 1),
    "programme_name": said,
    "programme_slug": said,
    "name": said,
    "org_id": said,
    "prefix": said.map("360G-{}".format),
    "licence": st.just("https://creativecommons.org/licenses/by/4.0/"),
}
SPOILT = {
    **dict.fromkeys(SOUND, anything),
    "members": st.lists(st.tuples(anything, st.sampled_from(["", "N-1"])), min_size=1, max_size=3),
    "holder": st.integers(1, 3),
    "pence": st.integers(-MOST, MOST),
    "released": st.sampled_from([-1, 0, 1, MOST]),
    # no programme can be without these, and a package could say nothing of them
    "programme_name": anything.filter(bool),
    "programme_slug": anything.filter(bool),
}


def _only(spoilt):
    return {spoilt: SPOILT[spoilt]} if spoilt else {}


STATES = st.sampled_from([*SOUND, ""]).flatmap(
    lambda spoilt: st.fixed_dictionaries({**SOUND, **_only(spoilt)})
)
moments = st.datetimes(timezones=st.just(UTC))
days = st.none() | st.dates()


def facts_and_rows(state, on, made_at):
    """The facts, and beside them the publisher and the members that a grant is made of."""
    members = {
        at: Party(id=number, name=name) for at, (name, number) in enumerate(state["members"])
    }
    publisher = Publisher(
        programme=Programme(name=state["programme_name"], slug=state["programme_slug"]),
        **{key: state[key] for key in ("name", "org_id", "prefix", "licence")},
    )
    holder = members.get(state["holder"])
    facts = Facts(
        key=7,
        awarded_on=on,
        made_at=made_at,
        cluster_key=1,
        cluster_slug=state["cluster_slug"],
        cluster_name=state["cluster_name"],
        is_example=False,
        programme_key=1,
        programme=state["programme_name"],
        holder_key=state["holder"],
        holder=holder.name if holder else "Gone",
        holder_is_member=holder is not None,
        without=tuple(one.name for one in members.values() if not (one.id and one.name)),
        pence=state["pence"],
        released=state["released"],
        of_publisher=wrong_with(publisher),
    )
    return facts, publisher, members


def is_as_the_standard_wants(facts, publisher, members, span):
    try:
        grant = grant_from(facts, publisher, members=members, span=span, changed_at=facts.made_at)
    except ValueError:
        return False
    found = Open(grants=(grant,), held_back=(), publishers=(publisher,))
    return not faults_of({**found.package, "grants": [as_json(grant)]})


@given(STATES, st.dates(), moments, days, days)
def test_what_is_let_through_is_what_the_standard_takes(state, on, made_at, starts_on, ends_on):
    facts, publisher, members = facts_and_rows(state, on, made_at)

    assert (not why_held_back(facts)) == is_as_the_standard_wants(
        facts, publisher, members, (starts_on, ends_on)
    )


@given(st.fixed_dictionaries(SOUND), st.dates(), moments)
def test_what_is_whole_is_held_back_by_nothing(state, on, made_at):
    facts, _, _ = facts_and_rows(state, on, made_at)

    assert why_held_back(facts) == ""


class Pages(TestCase):
    """Of four awards, with what may be wrong with each."""

    @classmethod
    def setUpTestData(cls):
        s = scene()
        one_that_publishes(s)
        more_awards(s, 3)
        cls.clusters = sorted(Award.objects.values_list("cluster", flat=True))
        cls.members = list(Member.objects.filter(cluster__in=cls.clusters).order_by("pk"))

    def spoils(self, draw):
        member = draw(st.sampled_from(self.members))
        cluster = draw(st.sampled_from(self.clusters))
        numbers = Identifier.objects.filter(organisation=member.organisation_id)
        match draw(st.sampled_from(["none", "scheme", "second", "left", "name", "holder", "money",
                                    "cluster", "invented"])):  # fmt: skip
            case "none":
                numbers.delete()
            case "scheme":
                scheme = draw(st.sampled_from([*Scheme.values, "GB-OLD"]))
                numbers.update(scheme=scheme)
            case "second":
                number = f"01{member.pk:06}"
                numbers.get_or_create(
                    organisation=member.organisation, scheme=Scheme.COH, number=number
                )
            case "left":
                Member.objects.filter(pk=member.pk).update(left_at=member.joined_at)
                if draw(st.booleans()):
                    numbers.delete()
            case "name":
                name = draw(st.sampled_from(["", " ", "A", "a"]))
                Organisation.objects.filter(pk=member.organisation_id).update(name=name)
            case "holder":
                Award.objects.filter(cluster=cluster).update(holding=member.organisation_id)
            case "money":
                step = draw(st.sampled_from(["awarded", "released", "drawn"]))
                postings = Posting.objects.filter(award__cluster=cluster, step=step)
                postings.update(pence=draw(st.sampled_from([-40, -1, 1, 60, 10**12])))
            case "cluster":
                Cluster.objects.filter(pk=cluster).update(name=" ")
            case "invented":
                Cluster.objects.filter(pk=cluster).update(is_example=True)

    @given(st.data())
    @settings(max_examples=40)
    def test_a_page_shows_what_the_file_holds(self, data):
        for _ in range(data.draw(st.integers(0, 4))):
            self.spoils(data.draw)

        (one,) = open_programmes(publishing())
        shown = list(reversed([award_lines(one.awards)[award.key] for award in one.awards]))
        found = open_awards([publishing()[0].programme], with_example=True)

        assert [
            (line.cluster, line.holder, line.awarded_on, line.pence, line.released)
            for line in shown
        ] == [
            (
                grant.classifications[0].title,
                grant.recipients[0].name,
                grant.awarded_on,
                grant.awarded.pence,
                grant.disbursed.pence,
            )
            for grant in found.grants
        ]
        for line, grant in zip(shown, found.grants, strict=True):
            assert grant.classifications[0].description.endswith(f": {line.members}.")
        assert (one.pence, one.released) == (
            sum(line.pence for line in shown),
            sum(line.released for line in shown),
        )
        held_back = sifted_awards([publishing()[0].programme], with_example=True).held_back
        assert found.held_back == held_back  # none of them only as its grant was made
        assert len(held_back) == one.n_held_back == 4 - len(shown)
        if found.grants:
            assert text_of(found, ".json")
