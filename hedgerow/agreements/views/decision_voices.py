"""A voice that is not the reader's own word on the page: from a letter, or written down."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.agreements import actions, rules
from hedgerow.agreements.forms.decisions import RecordedVoiceForm, VoiceForm, choices_of
from hedgerow.agreements.letters import VOICE
from hedgerow.agreements.queries import decisions as queries
from hedgerow.core.actions import Refused
from hedgerow.core.days import in_words
from hedgerow.people.access import door, keyed, visible
from hedgerow.people.models import Organisation, Role

from .decisions import decision_page, voice_form


@door(rules.RECORD_VOICE)
def record_voice(request, decision, by, organisation):
    """What a member told the facilitator, who writes it down for them."""
    page = queries.decision_page(decision)
    members = {line.organisation_key for line in page.voices} | {key for key, _ in page.silent}
    member = Organisation.objects.filter(pk=organisation).first()
    if member is None or member.pk not in members:
        raise Http404
    form = RecordedVoiceForm(request.POST or None, options=decision.options.all())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_voice(
                    by=by, decision=decision, organisation=member, **form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(
                    request,
                    f"Written down for {member}. It counts, and waits for them to confirm it.",
                )
                return redirect(f"{decision.get_absolute_url()}#voices")
    context = {
        "cluster": decision.cluster,
        "decision": decision,
        "page": page,
        "member": member,
        "now": page.voice_of(member.pk),
        "form": form,
    }
    return render(request, "agreements/decision_record.html", context, status=status)


@require_POST
@door(rules.ANSWER_RECORDED)
def confirm_voice(request, voice, by):
    said = "Confirmed. It is your own word from now on."
    return _answered(request, voice, lambda: actions.confirm_voice(by=by, voice=voice), said)


@require_POST
@door(rules.ANSWER_RECORDED)
def undo_voice(request, voice, by):
    said = "Undone. You have no vote in it until you give one; that it was written down stays."
    return _answered(request, voice, lambda: actions.undo_voice(by=by, voice=voice), said)


def _answered(request, voice, act, said):
    try:
        act()
    except Refused as refused:
        return decision_page(request, voice.decision, refusal=str(refused), status=409)
    messages.success(request, said)
    return redirect(f"{voice.decision.get_absolute_url()}#voices")


@keyed(VOICE)
def voice_by_letter(request, link, by):
    """The vote from a letter, without signing in. What the letter proposes is chosen already."""
    seat = request.acting_from
    known = visible(request.reader, rules.SEE_DECISION)
    decision = known.filter(pk=link.about).select_related("cluster").first()
    if decision is None:
        raise Http404
    organisation = Organisation.objects.filter(pk=seat.organisation).first()
    if Role.CORE not in seat.roles:
        return _dead(request, _not_today(organisation))
    form, refusal, status, done = None, "", 200, None
    if request.method == "POST":
        form = VoiceForm(request.POST, options=decision.options.all())
        status = 422
        if form.is_valid():
            try:
                done = actions.speak(by=by, decision=decision, link=link, **form.cleaned_data)
            except Refused as refused:
                refusal, status = str(refused), 409
            else:
                status = 200
    elif used_on := queries.spent_on(link):
        return _dead(request, _used(used_on))
    page = queries.decision_page(decision)
    context = {
        "cluster": decision.cluster,
        "decision": decision,
        "page": page,
        "organisation": organisation,
        "now": page.voice_of(organisation.pk),
        "form": form or _first_form(request, decision, page, organisation),
        "refusal": refusal,
        "lost_words": request.POST.get("reason", "").strip() if refusal else "",
        "is_done": done is not None,
        "can_vote": decision.is_open and not page.is_past and not refusal,
    }
    return render(request, "agreements/decision_by_letter.html", context, status=status)


def _first_form(request, decision, page, organisation) -> VoiceForm:
    say = request.GET.get("say", "")
    known = {choice for choice, _ in choices_of(list(decision.options.all()))}
    now = page.voice_of(organisation.pk)
    return voice_form(decision, now, "id_%s", say=say if say in known else "")


def _dead(request, sentence):
    return render(request, "people/dead_link.html", {"sentence": sentence}, status=410)


def _used(on) -> str:
    return (
        f"This link was used on {in_words(on)}, and works once. "
        "Your vote is in; sign in to see it or to change it."
    )


def _not_today(organisation) -> str:
    return (
        f"This link was for a day on which you stood in for the Core Group member of "
        f"{organisation}. Today you do not, so it does nothing. Ask them to say that you stand in "
        "for them, or to vote themselves."
    )
