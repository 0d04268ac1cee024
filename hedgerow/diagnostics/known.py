"""What is known already when somebody begins to answer, and where from."""

from collections.abc import Iterator
from typing import Any

from hedgerow.diagnostics.questions.answers import read, wrong_with
from hedgerow.diagnostics.questions.instruments import KNOWN_AS, Answers, Instrument, Item, Kind
from hedgerow.look.words import day, listed
from hedgerow.people.models import Organisation, Scheme

from .models import Asking, Sheet


def fill_in(
    instrument: Instrument, *, organisation: Organisation, asking: Asking, role: str
) -> tuple[Answers, dict[str, str]]:
    """(answers, by their slugs where each is from). What is on no page of the organisation is from
    its newest finished sheet of an earlier round of this cluster, where that is still an answer."""
    answers: Answers = {}
    where: dict[str, str] = {}
    earlier = earlier_sheet(asking, organisation, role)
    before = answers_of(earlier) if earlier else {}
    for item in instrument.items:
        value = _known(item, organisation)
        if value is not None:
            answers[item.slug], where[item.slug] = value, KNOWN_AS[item.known_as]
        elif item.slug in before and _still_fits(item, before[item.slug]):
            assert earlier and earlier.finished_at
            answers[item.slug] = before[item.slug]
            where[item.slug] = f"your answers of {day(earlier.finished_at)}"
    return answers, where


def earlier_sheet(asking: Asking, organisation: Organisation, role: str) -> Sheet | None:
    """The organisation's newest finished one of this instrument, of a round before this one."""
    finished = Sheet.objects.filter(
        organisation=organisation,
        role=role,
        finished_at__isnull=False,
        asking__slug=asking.slug,
        asking__round__cluster=asking.round.cluster_id,
        asking__round__number__lt=asking.round.number,
    )
    return finished.order_by("-asking__round__number", "-finished_at", "-pk").first()


def answers_of(sheet: Sheet) -> Answers:
    """All that it says, of every section. One query."""
    return {
        slug: value
        for answers in sheet.sections.values_list("answers", flat=True)
        for slug, value in answers.items()
    }


def _still_fits(item: Item, value: Any) -> bool:
    """A file stays with the answers that it was given with."""
    return item.kind is not Kind.FILE and not wrong_with(item, value)


def _known(item: Item, organisation: Organisation) -> Any:
    """What the organisation's pages say, as an answer to this item; None if they do not."""
    if not item.known_as:
        return None
    said = [words for words in _said(item.known_as, organisation) if words]
    if not said:
        return None
    if item.kind is Kind.SEVERAL:
        chosen = [option.slug for option in item.options if {option.slug, option.name} & {*said}]
        return chosen if chosen and not wrong_with(item, chosen) else None
    try:
        return read(item, said[0] if item.kind is Kind.CHOICE else listed(said))
    except ValueError:
        return None  # longer than its place here, or not one of the answers to choose from


def _said(known_as: str, organisation: Organisation) -> Iterator[str]:
    match known_as:
        case "areas":
            yield from organisation.areas.order_by("name").values_list("name", flat=True)
        case "register_numbers":
            numbers = organisation.identifiers.exclude(scheme=Scheme.LOCAL).order_by("scheme")
            yield from (f"{it.number} ({it.get_scheme_display()})" for it in numbers)
        case "legal_form":
            yield organisation.get_legal_form_display()
        case "income_band":
            yield organisation.get_income_band_display()
        case "name" | "words" | "postcode":
            yield getattr(organisation, known_as)
        case _:
            raise AssertionError(known_as)
