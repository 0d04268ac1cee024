"""What an organisation says about itself: its public face."""

from collections.abc import Iterable, Sequence

from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people import postcodes
from hedgerow.people.identifiers import OrgId, local_identifier, read_identifier
from hedgerow.people.kinds import refuse_unseen
from hedgerow.people.models import Area, Identifier, Organisation, Scheme


@action
def create_organisation(
    *,
    by: Actor,
    name: str,
    legal_form: str = "",
    income_band: str = "",
    words: str = "",
    postcode: str = "",
    identifiers: Iterable[str | OrgId] = (),
    areas: Iterable[str] = (),
    is_example: bool = False,
    is_published: bool = False,
) -> Organisation:
    """`identifiers` as typed or read; `areas` are ONS codes of local authorities.

    An organisation on no register gets a number of our own.
    """
    organisation = Organisation(is_example=is_example, is_published=is_published)
    _describe(organisation, name, legal_form, income_band, words, postcode)
    organisation.save()
    _number(organisation, _read(identifiers))
    _place(organisation, areas)
    _record("people.organisation_created", by, organisation)
    return organisation


@action
def describe_organisation(
    *,
    by: Actor,
    organisation: Organisation,
    version: int,
    name: str,
    legal_form: str = "",
    income_band: str = "",
    words: str = "",
    postcode: str = "",
    identifiers: Iterable[str | OrgId] = (),
    areas: Iterable[str] = (),
) -> Organisation:
    """The whole of it at once: what is not said is taken away."""
    organisation = locked(organisation, version=version)
    before = _said(organisation)
    _describe(organisation, name, legal_form, income_band, words, postcode)
    _number(organisation, _read(identifiers))
    _place(organisation, areas)
    if _said(organisation) == before:
        nothing_to_do()
        return organisation
    organisation.version += 1
    organisation.save()
    _record("people.organisation_described", by, organisation)
    return organisation


def _said(organisation: Organisation) -> tuple[object, ...]:
    return (
        organisation.name,
        organisation.legal_form,
        organisation.income_band,
        organisation.words,
        organisation.postcode,
        organisation.authority,
        organisation.easting,
        organisation.northing,
        sorted(organisation.identifiers.values_list("scheme", "number")),
        sorted(organisation.areas.values_list("authority", flat=True)),
    )


def _describe(
    organisation: Organisation,
    name: str,
    legal_form: str,
    income_band: str,
    words: str,
    postcode: str,
) -> None:
    if not name.strip():
        raise Refused("An organisation has a name. Write it as your letterhead does.")
    refuse_unseen(name, postcode)
    if postcode and organisation.is_published:
        raise Refused("The published record names this organisation, and shows no address of it.")
    organisation.name, organisation.words = name.strip(), words.strip()
    organisation.legal_form, organisation.income_band = legal_form, income_band
    organisation.postcode, organisation.authority = "", ""
    organisation.easting = organisation.northing = None
    if postcode:
        organisation.postcode = postcodes.normal(postcode)
        place = postcodes.place_of(postcode)
        if place:
            organisation.authority = place.authority
            organisation.easting, organisation.northing = place.easting, place.northing


def _read(identifiers: Iterable[str | OrgId]) -> Sequence[OrgId]:
    try:
        return [
            read_identifier(typed) if isinstance(typed, str) else typed for typed in identifiers
        ]
    except ValueError as wrong:
        raise Refused(str(wrong)) from None


def _number(organisation: Organisation, wanted: Sequence[OrgId]) -> None:
    wanted = wanted or [local_identifier(organisation.pk)]
    organisation.identifiers.exclude(number__in=[one.number for one in wanted]).delete()
    for one in wanted:
        mine = organisation.identifiers.filter(scheme=one.scheme, number=one.number)
        if mine.exists():
            continue
        _, is_new = Identifier.objects.get_or_create(
            scheme=one.scheme, number=one.number, defaults={"organisation": organisation}
        )
        if not is_new:
            raise Refused(
                f"Another organisation has the number {one.number} of the "
                f"{Scheme(one.scheme).label}. Check it; if it is yours, tell your facilitator."
            )


def _place(organisation: Organisation, areas: Iterable[str]) -> None:
    wanted = {code: postcodes.authority_name(code) for code in areas}
    unknown = sorted(code for code, name in wanted.items() if not name)
    if unknown:
        raise Refused(
            f"There is no local authority with the code {unknown[0]}. Choose from the list."
        )
    organisation.areas.exclude(authority__in=wanted).delete()
    known = set(organisation.areas.values_list("authority", flat=True))
    Area.objects.bulk_create(
        Area(organisation=organisation, authority=code, name=name)
        for code, name in wanted.items()
        if code not in known
    )


def _record(did: str, by: Actor, organisation: Organisation) -> None:
    record(
        did,
        by=by,
        to=organisation,
        owner=(Owner.ORGANISATION, organisation.pk),
        audience=Audience.EVERYONE,
    )
