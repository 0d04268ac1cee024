"""What a published cost comes to for each organisation, beside what was published."""

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
