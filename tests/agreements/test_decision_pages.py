"""The pages of decisions as the people meet them, without a script."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.agreements import actions
from hedgerow.agreements.models import Channel, Decision, Outcome, Remark, Stance, Voice
from hedgerow.agreements.ways import shipped_ways
from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.core.days import in_words
from hedgerow.people.models import Role
from tests.factories import MandateFactory, SeatFactory, actor, scene, signed_in
from tests.front.pages import text_of

pytestmark = pytest.mark.django_db

WAYS = {way.slug: way for way in shipped_ways()}


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def plain(s):
    """Open for a week, by consent, with a yes or no."""
    return opened(s, title="We meet each month")


@pytest.fixture
def member(client, s):
    return signed_in(client, s.own.core)


def opened(s, *, title, options=(), way="consent", days=7, words=""):
    return actions.propose(
        by=actor(s.own.facilitator),
        cluster=s.cluster,
        title=title,
        words=words,
        options=list(options),
        way=WAYS[way],
        closes_on=clock.today() + timedelta(days=days),
    )


def say(seat, decision, stance, reason="", option=None, back=False):
    return actions.speak(
        by=actor(seat),
        decision=decision,
        stance=stance,
        option=option,
        reason=reason,
        had_to_check_back=back,
    )


def written_down(s, decision, organisation, stance=Stance.AGREE):
    return actions.record_voice(
        by=actor(s.own.facilitator),
        decision=decision,
        organisation=organisation,
        stance=stance,
        option=decision.options.get() if stance == Stance.AGREE else None,
        reason="" if stance == Stance.AGREE else "They say it costs too much.",
        channel=Channel.PHONE,
        had_to_check_back=False,
    )


def closed(s, decision, stances=("agree", "agree", "agree"), reason="It would cost us our lease."):
    seats = (s.own.core, s.own.second, s.own.third)
    for seat, stance in zip(seats, stances, strict=True):
        say(seat, decision, stance, reason if stance in ("disagree", "block") else "")
    return actions.close(by=actor(s.own.facilitator), decision=decision)


def url(name, *keys):
    return reverse(f"agreements:{name}", args=keys)


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, text_of(answer)
    return text_of(answer)


# --- the log


def test_an_empty_log_says_so_and_offers_to_propose(member, s):
    page = read(member, url("decisions", s.cluster.pk))

    assert "Nothing has been decided yet." in page
    assert "Nothing has been put to the vote yet." in page
    assert "Put something to the vote" in page


def test_the_log_has_open_ones_first_then_the_newest_with_sums_and_dissent(member, s):
    first = closed(s, opened(s, title="We share a van"), ("agree", "agree", "disagree"))
    opened(s, title="We meet each month")

    page = read(member, url("decisions", s.cluster.pk))

    assert page.index("We meet each month") < page.index("We share a van")
    assert "All three members spoke; three were needed. Two agreed and one disagreed." in page
    assert f"{s.own.organisations[2]} disagreed: “It would cost us our lease.”" in page
    assert f"Decision {first.number}." in page


def test_the_overview_counts_decisions_dissent_and_who_had_to_check_back(member, s):
    one = opened(s, title="We share a van", way="majority")
    say(s.own.core, one, Stance.AGREE, back=True)
    say(s.own.second, one, Stance.AGREE)
    say(s.own.third, one, Stance.DISAGREE, "No.")
    actions.close(by=actor(s.own.facilitator), decision=one)
    closed(s, opened(s, title="We meet each month"))

    page = read(member, url("decisions", s.cluster.pk))

    assert (
        "Two decisions so far, both carried. Somebody disagreed in one of two, and it is kept. "
        "Once in six votes somebody had to check back with their own people first."
    ) in page


@pytest.mark.parametrize(
    "words",
    ["van", "LEASE", "hall", "petrol", "not carried", "van lease"],
    ids=["title", "reason", "option", "proposal", "outcome", "two places"],
)
def test_the_log_is_searched_in_titles_words_options_reasons_and_outcomes(member, s, words):
    van = opened(
        s, title="We share a van", words="It saves petrol.", options=["By the hall", "At home"]
    )
    closed(s, van, ("disagree", "disagree", "disagree"))
    closed(s, opened(s, title="We meet each month"))

    page = read(member, f"{url('decisions', s.cluster.pk)}?q={words}")

    assert "One decision found." in page
    assert "We share a van" in page
    assert "We meet each month" not in page


def test_the_log_is_narrowed_to_an_outcome_and_to_what_is_open(member, s):
    closed(s, opened(s, title="We share a van"))
    opened(s, title="We meet each month")
    log = url("decisions", s.cluster.pk)

    assert "We meet each month" not in read(member, f"{log}?outcome=carried")
    assert "We share a van" not in read(member, f"{log}?outcome=open")
    assert "Nothing is found." in read(member, f"{log}?outcome=blocked")
    assert "We share a van" in read(member, f"{log}?outcome=nonsense&q=%00")


def test_a_long_log_comes_in_pages_that_keep_the_search(member, s):
    for n in range(21):
        opened(s, title=f"Proposal {n}")
    log = url("decisions", s.cluster.pk)

    first = member.get(f"{log}?q=Proposal")

    assert b"?q=Proposal&amp;page=2" in first.content
    assert len(first.context["lines"]) == 20
    assert len(member.get(f"{log}?q=Proposal&page=2").context["lines"]) == 1
    assert member.get(f"{log}?page=nonsense").status_code == 200


def test_the_log_as_a_spreadsheet_holds_what_was_found_and_no_formula(member, s):
    van = opened(s, title="=1+1, we share a van")
    closed(s, van, ("agree", "agree", "disagree"), reason="@SUM(A1)")
    opened(s, title="We meet each month")

    answer = member.get(f"{url('decisions_file', s.cluster.pk)}?q=van")

    rows = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    assert "'=1+1, we share a van" in rows
    assert "(disagree): @SUM(A1)" in rows
    assert "We meet each month" not in rows


def test_a_log_of_many_asks_no_more_of_the_database_than_one_of_two(member, s):
    log = url("decisions", s.cluster.pk)
    for n in range(2):
        closed(s, opened(s, title=f"First {n}"))
    member.get(log)  # the first page of a visit asks a little more
    few = cost(member, log)
    for n in range(8):
        closed(s, opened(s, title=f"Then {n}", options=["One", "Two"]), ("abstain",) * 3)

    assert cost(member, log) == few
    assert cost(member, url("decisions_file", s.cluster.pk)) <= few


def cost(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


# --- a proposal


def proposal(**changes):
    closes_on = in_words(clock.today() + timedelta(days=10))
    asked = {"title": "We share a van", "way": "consent", "closes_on": closes_on}
    return {**asked, **changes}


def test_the_closing_day_is_filled_in_from_the_way_that_is_chosen(member, s):
    page = member.get(f"{url('propose', s.cluster.pk)}?way=everyone").content.decode()

    on = clock.today() + timedelta(days=WAYS["everyone"].open_days)
    assert f'value="{in_words(on)}"' in page
    assert WAYS["everyone"].sentence in page


def test_a_proposal_is_opened_with_its_options_a_line_each(member, s):
    answer = member.post(
        url("propose", s.cluster.pk), proposal(options="A small one\n\n  A   big one \n")
    )

    decision = Decision.objects.get()
    assert answer["Location"] == decision.get_absolute_url()
    assert [option.words for option in decision.options.all()] == ["A small one", "A big one"]
    page = read(member, answer["Location"])
    assert "We share a van" in page
    assert "Agree to “A small one”" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Say what is to be decided."),
        ({"options": "Only this"}, "Write two options or more"),
        ({"options": "A\nB\nA"}, "“A” is there twice"),
        ({"options": "\n".join("ABCDEFGHI")}, "8 options are the most"),
        ({"way": "dice"}, "Choose one of those on the list."),
        ({"closes_on": "31 February 2027"}, "31 February 2027"),
        ({"closes_on": "1 March 2020"}, "is too soon"),
        ({"closes_on": ""}, "Write the last day for votes."),
    ],
)
def test_a_proposal_with_a_fault_is_shown_again_with_what_was_typed(member, s, changes, sentence):
    sent = proposal(words="It saves petrol.", **changes)

    answer = member.post(url("propose", s.cluster.pk), sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "It saves petrol." in text_of(answer)
    assert not Decision.objects.exists()


def test_a_proposal_sent_twice_is_opened_once(member, s):
    sent = proposal(once="a" * 32)

    first, second = (member.post(url("propose", s.cluster.pk), sent) for _ in range(2))

    assert first["Location"] == second["Location"] == Decision.objects.get().get_absolute_url()


def test_a_meeting_that_is_not_this_clusters_is_not_there(member, s):
    propose = url("propose", s.cluster.pk)

    assert member.get(f"{propose}?meeting=1").status_code == 404
    assert member.get(f"{propose}?meeting=x").status_code == 404


# --- voting


def vote(client, decision, choice, **more):
    return client.post(url("speak", decision.pk), {"choice": choice, **more})


def test_a_member_votes_with_two_fields_and_sees_it_named(member, s, plain):
    page = member.get(plain.get_absolute_url())
    assert b'id="vote"' in page.content

    answer = vote(member, plain, "agree-1", had_to_check_back="on")

    assert answer["Location"] == f"{plain.get_absolute_url()}#voices"
    page = read(member, plain.get_absolute_url())
    assert "Your vote is in: agree." in page
    assert f"{s.own.organisations[0]} (you) Agrees" in page
    assert "By Chief executive" in page
    assert "on the page." in page
    assert "Had to check back first." in page
    assert "One of three members has spoken; three are needed." in page


def test_the_present_vote_is_filled_in_and_can_be_changed(member, s, plain):
    vote(member, plain, "disagree", reason="Mondays are full.")

    page = member.get(plain.get_absolute_url()).content.decode()
    assert "Change our vote" in page
    assert 'value="disagree"' in page
    assert page.count("checked") == 1
    vote(member, plain, "agree-1")

    assert Voice.objects.get(ended_at=None).stance == Stance.AGREE
    page = read(member, plain.get_absolute_url())
    assert "Earlier votes (1)" in page
    assert "Mondays are full." in page


@pytest.mark.parametrize("stance", ["disagree", "block"])
def test_who_disagrees_is_asked_why_and_nothing_is_lost(member, plain, stance):
    answer = vote(member, plain, stance)

    assert answer.status_code == 422
    assert "Say why, so that the others can answer it." in text_of(answer)
    assert f'value="{stance}"' in answer.content.decode()
    assert answer.content.decode().count("checked") == 1
    assert not Voice.objects.exists()


def test_a_vote_for_something_that_is_not_there_is_asked_again(member, plain):
    for choice in ("agree-7", "agree", "perhaps", ""):
        assert vote(member, plain, choice).status_code == 422
    assert not Voice.objects.exists()


def test_a_vote_after_closing_is_refused_and_its_words_are_shown(member, s, plain):
    closed(s, plain)

    answer = vote(member, plain, "disagree", reason="I had meant to say this.")

    assert answer.status_code == 409
    assert "was closed on" in text_of(answer)
    assert "I had meant to say this." in text_of(answer)


def test_a_vote_when_time_is_over_is_refused_and_the_form_is_gone(client, s, plain):
    with clock.at(plain.closes_at + timedelta(minutes=1)):
        member = signed_in(client, s.own.core)
        assert "Voting ended on" in read(member, plain.get_absolute_url())
        answer = vote(member, plain, "agree-1")

    assert answer.status_code == 409
    assert "The votes are being counted" in text_of(answer)


def test_a_vote_sent_twice_counts_once(member, plain):
    for _ in range(2):
        assert vote(member, plain, "agree-1", once="b" * 32).status_code == 302
    assert Voice.objects.count() == 1


def test_a_deputy_without_a_mandate_reads_how_to_get_one_instead_of_a_form(client, s, plain):
    deputy = signed_in(client, s.own.seats[Role.DEPUTY])

    page = read(deputy, plain.get_absolute_url())

    assert "To vote you need a mandate for today" in page
    assert "Cast our vote" not in page
    answer = vote(deputy, plain, "agree-1")
    assert answer.status_code == 403
    assert "Only a Core Group member can vote for their organisation." in text_of(answer)


def test_a_deputy_who_stands_in_votes_for_the_organisation(client, s, plain):
    seat = s.own.seats[Role.DEPUTY]
    MandateFactory(deputy=seat, given_by=s.own.core)
    deputy = signed_in(client, seat)

    assert "Cast our vote" in read(deputy, plain.get_absolute_url())
    assert vote(deputy, plain, "agree-1").status_code == 302
    assert Voice.objects.get().organisation == s.own.organisations[0]


def test_who_speaks_for_two_members_has_two_forms(client, s, plain):
    s.own.second.ended_at = clock.now()
    s.own.second.save()
    seat = SeatFactory(cluster=s.cluster, organisation=s.own.organisations[1], user=s.own.core.user)
    both = signed_in(client, s.own.core)

    page = both.get(plain.get_absolute_url()).content.decode()
    assert page.count("Cast our vote") == 2
    assert page.count('id="vote"') == 1
    vote(both, plain, "agree-1", seat=seat.pk)

    assert Voice.objects.get().organisation == s.own.organisations[1]


@pytest.mark.parametrize("role", [Role.STAFF, Role.FACILITATOR, Role.SUPPORTER])
def test_the_others_round_the_table_read_and_say_and_do_not_vote(client, s, plain, role):
    seat = signed_in(client, s.own.seats[role])

    page = read(seat, plain.get_absolute_url())

    assert "Cast our vote" not in page
    assert "Say it" in page
    assert vote(seat, plain, "agree-1").status_code == 403


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER, Role.VIEWER, Role.OPERATOR])
def test_who_does_not_sit_round_the_table_finds_nothing_there(client, s, plain, role):
    other = signed_in(client, s.seats[role])

    for path in (plain.get_absolute_url(), url("decisions", s.cluster.pk)):
        assert other.get(path).status_code == 404
    assert vote(other, plain, "agree-1").status_code == 404


# --- what is written down for somebody


def test_the_facilitator_writes_a_vote_down_and_its_owner_confirms_it(client, s, plain):
    facilitator = signed_in(client, s.own.facilitator)
    org = s.own.organisations[0]
    assert "Write down what they said" in read(facilitator, plain.get_absolute_url())

    record = url("record_voice", plain.pk, org.pk)
    assert "They had to check back" in read(facilitator, record)
    answer = facilitator.post(record, {"choice": "agree-1", "channel": "phone"})

    assert answer.status_code == 302
    page = read(facilitator, plain.get_absolute_url())
    assert "as said by telephone; not confirmed yet." in page
    assert "Yes, that is our vote" not in page
    member = signed_in(client, s.own.core)
    assert "Yes, that is our vote" in read(member, plain.get_absolute_url())
    member.post(url("confirm_voice", Voice.objects.get().pk))
    assert "confirmed by Chief executive" in read(member, plain.get_absolute_url())


def test_what_was_written_down_is_undone_and_stays_to_be_read(member, s, plain):
    voice = written_down(s, plain, s.own.organisations[0], Stance.DISAGREE)

    member.post(url("undo_voice", voice.pk))

    page = read(member, plain.get_absolute_url())
    assert "when it was undone" in page
    assert "They say it costs too much." in page
    assert "None of three members have spoken" in page


def test_only_its_own_people_answer_what_was_written_down(client, s, plain):
    voice = written_down(s, plain, s.own.organisations[0])

    second = signed_in(client, s.own.second)
    answer = second.post(url("confirm_voice", voice.pk))

    assert answer.status_code == 403
    assert "of that organisation can confirm or undo" in text_of(answer)


def test_a_member_that_is_not_here_has_no_vote_to_be_written_down(client, s, plain):
    facilitator = signed_in(client, s.own.facilitator)
    other = s.neighbour.organisations[0]

    assert facilitator.get(url("record_voice", plain.pk, other.pk)).status_code == 404
    assert facilitator.get(url("record_voice", plain.pk, 10**30)).status_code == 404


def test_writing_down_says_what_is_missing_and_what_stands_already(client, s, plain):
    facilitator = signed_in(client, s.own.facilitator)
    record = url("record_voice", plain.pk, s.own.organisations[0].pk)

    missing = facilitator.post(record, {"choice": "disagree"})
    assert missing.status_code == 422
    assert "Choose how it reached you." in text_of(missing)
    assert "Say why" in text_of(missing)
    say(s.own.core, plain, Stance.AGREE)
    refused = facilitator.post(record, {"choice": "abstain", "channel": "paper"})
    assert refused.status_code == 409
    assert "spoke for itself" in text_of(refused)


# --- closing, withdrawing, deciding again


def test_it_cannot_be_closed_while_somebody_has_not_voted_and_says_who(member, s, plain):
    for seat in (s.own.core, s.own.second):
        say(seat, plain, Stance.AGREE)

    page = read(member, plain.get_absolute_url())
    assert f"{s.own.organisations[2]} has not voted" in page
    assert "Close it and count the votes" not in page
    answer = member.post(url("close_decision", plain.pk))
    assert answer.status_code == 409
    assert f"{s.own.organisations[2]} has not voted yet" in text_of(answer)


def test_closed_it_is_explained_with_its_sums_and_dissent_stands_apart(member, s):
    van = opened(s, title="We share a van", way="majority")
    for seat in (s.own.core, s.own.second):
        say(seat, van, Stance.AGREE)
    say(s.own.third, van, Stance.DISAGREE, "It would cost us our lease.")
    assert "Close it and count the votes" in read(member, van.get_absolute_url())

    member.post(url("close_decision", van.pk))

    page = read(member, van.get_absolute_url())
    assert "Closed: carried." in page
    assert "All three members spoke; two were needed. Two agreed and one disagreed." in page
    assert "Two of the three that took a side are for it: more than half" in page
    assert "Who saw it differently" in page
    assert "It would cost us our lease." in page
    assert "Cast our vote" not in page


def test_who_is_missing_when_it_closes_is_named(client, s, plain):
    say(s.own.core, plain, Stance.AGREE)
    with clock.at(plain.closes_at + timedelta(minutes=1)):
        actions.close_due(by=Actor.clock())
        member = signed_in(client, s.own.core)
        page = read(member, plain.get_absolute_url())

    assert "Too few spoke, so nothing was decided." in page
    assert "Did not vote" in page
    assert str(s.own.organisations[1]) in page
    assert "by the clock, when its time was over" in page


def test_it_is_withdrawn_with_a_reason_that_stays(client, s, plain):
    proposer = signed_in(client, s.own.facilitator)
    withdraw = url("withdraw_decision", plain.pk)
    assert withdraw in proposer.get(plain.get_absolute_url()).content.decode()
    assert proposer.post(withdraw, {"reason": "", "version": plain.version}).status_code == 422

    proposer.post(withdraw, {"reason": "We asked too early.", "version": plain.version})

    page = read(proposer, plain.get_absolute_url())
    assert "Why: We asked too early." in page
    assert "It was withdrawn before it was decided." in page
    assert Decision.objects.get().outcome == Outcome.WITHDRAWN


def test_nobody_else_is_offered_to_withdraw_it(member, plain):
    withdraw = url("withdraw_decision", plain.pk)

    assert withdraw not in member.get(plain.get_absolute_url()).content.decode()
    assert member.post(withdraw, {"reason": "No.", "version": plain.version}).status_code == 409


def test_a_withdrawal_of_an_older_version_is_refused_and_keeps_its_words(client, s, plain):
    answer = signed_in(client, s.own.facilitator).post(
        url("withdraw_decision", plain.pk),
        {"reason": "We asked too early.", "version": plain.version + 1},
    )

    assert answer.status_code == 409
    assert "Somebody else changed this" in text_of(answer)
    assert "We asked too early." in text_of(answer)
    assert f'name="version" value="{plain.version}"' in answer.content.decode()


def test_it_is_decided_again_as_its_way_says_and_both_name_the_other(member, s):
    van = closed(s, opened(s, title="We share a van"), ("disagree", "agree", "agree"))
    again = url("reopen", van.pk)
    on = in_words(clock.today() + timedelta(days=5))
    way = WAYS["consent"]
    page = read(member, van.get_absolute_url())
    first = clock.today() + timedelta(days=way.reopens_after_days)
    assert f"can have it decided again from {in_words(first)}." in page
    assert "Ask for it to be decided again" not in page
    assert "Not today." in read(member, again)
    assert member.post(again, {"reason": "", "closes_on": on}).status_code == 422

    with clock.at(clock.now() + timedelta(days=way.reopens_after_days, hours=1)):
        signed_in(member, s.own.core)
        assert "Ask for it to be decided again" in read(member, van.get_absolute_url())
        later = in_words(clock.today() + timedelta(days=5))
        answer = member.post(again, {"reason": "The lease is new.", "closes_on": later})
        assert answer.status_code == 302, text_of(answer)
        assert "It decides again what was decision 1, We share a van" in read(
            member, answer["Location"]
        )
        old = read(member, van.get_absolute_url())

    assert "This was decided again, as decision 2 (Open)." in old
    assert "Ask for it to be decided again" not in old


def test_only_a_member_is_shown_the_way_to_decide_it_again(member, s):
    van = closed(s, opened(s, title="We share a van", way="majority"))
    days = WAYS["majority"].reopens_after_days

    with clock.at(clock.now() + timedelta(days=days, hours=1)):
        signed_in(member, s.own.core)
        assert "Ask for it to be decided again" in read(member, van.get_absolute_url())
        signed_in(member, s.own.facilitator)
        assert "Ask for it to be decided again" not in read(member, van.get_absolute_url())


# --- discussion


def test_a_remark_stands_with_the_proposal_until_its_author_takes_it_back(member, s, plain):
    assert member.post(url("remark", plain.pk), {"words": " "}).status_code == 422
    answer = member.post(url("remark", plain.pk), {"words": "Mondays suit us <b>best</b>."})
    assert answer["Location"] == f"{plain.get_absolute_url()}#discussion"
    assert b"&lt;b&gt;best" in member.get(plain.get_absolute_url()).content

    remark = Remark.objects.get()
    other = signed_in(type(member)(), s.own.second)
    assert other.post(url("take_back_remark", remark.pk)).status_code == 403
    member.post(url("take_back_remark", remark.pk))

    page = read(member, plain.get_absolute_url())
    assert "took a remark back on" in page
    assert "Mondays suit us" not in page


# --- how much it asks


def test_a_page_with_much_said_asks_no_more_than_one_with_little(member, s, plain):
    say(s.own.core, plain, Stance.AGREE)
    actions.remark(by=actor(s.own.core), decision=plain, words="One.")
    few = cost(member, plain.get_absolute_url())
    for n in range(4):
        say(s.own.second, plain, Stance.ABSTAIN, f"Reason {n}.")
        say(s.own.third, plain, Stance.DISAGREE, f"Reason {n}.")
        actions.remark(by=actor(s.own.third), decision=plain, words=f"Remark {n}.")

    assert cost(member, plain.get_absolute_url()) <= few
