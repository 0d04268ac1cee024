"""What a published cost comes to for each organisation, beside what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hedgerow.units import Pence, pounds


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A figure worked out from published parts, and the one that was published."""

    exact: Fraction  # pence for one organisation, nothing rounded
    shown: Pence  # the same to the nearest pound
    published: Pence
    difference: Pence  # shown less published; neither is put right by the other


def beside_published(
    *, for_each_cluster: Pence, n_clusters: int, n_organisations: int, published: Pence
) -> Beside:
    """Share the cost of all clusters between all organisations alike.

    Raises ValueError if an amount is negative or there is no cluster or no organisation.

    Source: HACT, Collaborate 2, executive summary (2010), "Evaluation": about £21,500 a cluster,
    about £4,600 an organisation. Its four clusters name 18 organisations, which gives £4,778.
    """
    if for_each_cluster < 0 or published < 0:
        raise ValueError("a cost cannot be negative")
    if n_clusters < 1 or n_organisations < 1:
        raise ValueError("there is nobody to share the cost")
    exact = Fraction(for_each_cluster) * n_clusters / n_organisations
    shown = to_the_pound(exact)
    return Beside(
        exact=exact, shown=shown, published=published, difference=Pence(shown - published)
    )


def to_the_pound(amount: Fraction) -> Pence:
    """Pence as whole pounds, in pence: the nearest, and half a pound goes up."""
    return Pence(((amount + 50) // 100) * 100)


def in_words(beside: Beside) -> str:
    """One sentence for a page or a terminal; the difference is named, not explained away."""
    worked_out, published = pounds(beside.shown), pounds(beside.published)
    if beside.difference == 0:
        return f"The parts give {worked_out} an organisation, as published."
    return (
        f"The parts give {worked_out} an organisation; about {published} is published. "
        f"The difference of {pounds(abs(beside.difference))} is left open, as published."
    )


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one cluster cost its programme, in pence, nothing rounded. `days` is None where no rate
    of a day is said: then nothing is known but the award."""

    award: Pence
    days: Fraction | None  # what its days of help cost
    n_members: int

    @property
    def whole(self) -> Fraction | None:
        return None if self.days is None else self.award + self.days

    @property
    def for_each(self) -> Fraction | None:
        """For each organisation; None where there is none, or the whole is not known."""
        if self.whole is None or not self.n_members:
            return None
        return self.whole / self.n_members


def cost(*, award: Pence, half_days: int, day_rate: Pence | None, n_members: int) -> Cost:
    """An award and the days of help that were used, at one rate for a day.

    Raises ValueError if anything is negative.
    """
    if min(award, half_days, n_members, day_rate or 0) < 0:
        raise ValueError("a cost cannot be negative")
    days = None if day_rate is None else Fraction(half_days * day_rate, 2)
    return Cost(award=award, days=days, n_members=n_members)


def cost_of_all(costs: Sequence[Cost], *, n_organisations: int) -> Cost:
    """The same of all clusters together. An organisation that is in two of them counts once, so
    their number is told."""
    known = [one.days for one in costs if one.days is not None]
    days = sum(known, Fraction(0)) if len(known) == len(costs) else None
    award = Pence(sum(one.award for one in costs))
    return Cost(award=award, days=days, n_members=n_organisations)


def to_the_penny(amount: Fraction) -> Pence:
    """The nearest, and half a penny goes up."""
    return Pence((amount * 2 + 1) // 2)
