"""Who is below a baseline, and what there is to put right together."""

from dataclasses import dataclass

from hedgerow.diagnostics.pictures.parts import BaselinePicture
from hedgerow.look.words import count, first_up, out_of
from hedgerow.units import pounds

from .naming import Names

MOST_FIRST = 6  # things to put right that stand on the page of the whole round

_STATES = {
    "below": "Below the baseline",
    "cannot_tell": "Cannot tell yet",
    "meets": "Not below",
}


@dataclass(frozen=True, kw_only=True)
class FixLine:
    figure: str
    question: str
    flags: bool
    who: str  # "No: Open Door and Rowan House. Partly: Ground Floor."
    cost: str  # "£1,200.00, as two of three say"; "no cost said yet"


@dataclass(frozen=True, kw_only=True)
class ReviewLine:
    name: str
    state: str
    why: str


@dataclass(frozen=True, kw_only=True)
class BaselinePart:
    n_below: str  # "4 of 5"
    below: str  # "members reviewed are below the baseline that any small firm would expect."
    rest: str  # "One cannot tell, because …"
    reviews: tuple[ReviewLine, ...]
    fixes: tuple[FixLine, ...]
    cost: str
    most_first: int = MOST_FIRST

    @property
    def n_more(self) -> int:
        """Things to put right that stand on its own page alone."""
        return max(0, len(self.fixes) - self.most_first)


def baseline_part(picture: BaselinePicture[int], names: Names) -> BaselinePart:
    reviews = picture.reviews
    n = reviews.n_reviewed
    verb = "is" if reviews.n_below == 1 else "are"
    return BaselinePart(
        n_below=f"{reviews.n_below} of {n}",
        below=f"members reviewed {verb} below the baseline that any small firm would expect.",
        rest=_rest(reviews.n_cannot_tell, reviews.n_meets),
        reviews=tuple(
            ReviewLine(
                name=names.of(key),
                state=_STATES[check.state],
                why=" ".join(picture.items[item] for item in check.below_on or check.unsure_on),
            )
            for key, check in reviews.checks.items()
        ),
        fixes=tuple(
            FixLine(
                figure=fix.item,
                question=picture.items[fix.item],
                flags=fix.flags,
                who=" ".join(
                    f"{word}: {names.few(keys)}."
                    for word, keys in (
                        ("No", fix.no),
                        ("Partly", fix.partly),
                        ("Don’t know", fix.unknown),
                    )
                    if keys
                ),
                cost=_cost(fix.cost, fix.n_costed, fix.n_not_costed),
            )
            for fix in reviews.fixes
        ),
        cost=_total(reviews.cost, reviews.n_not_costed),
    )


def _rest(n_cannot_tell: int, n_meets: int) -> str:
    said = []
    if n_cannot_tell:
        said.append(f"{count(n_cannot_tell, 'member')} cannot tell yet")
    if n_meets:
        said.append(f"{count(n_meets, 'member')} {'is' if n_meets == 1 else 'are'} not below")
    return first_up(f"{' and '.join(said)}.") if said else ""


def _cost(pence: int, n_costed: int, n_not_costed: int) -> str:
    if not n_costed:
        return "No cost said yet"
    return f"{pounds(pence)}, as {out_of(n_costed, n_costed + n_not_costed)} said"


def _total(pence: int, n_not_costed: int) -> str:
    if not pence and not n_not_costed:
        return ""
    if not n_not_costed:
        return f"Putting all of it right would cost {pounds(pence)}."
    return (
        f"Putting right what has a cost would take {pounds(pence)}; "
        f"{count(n_not_costed, 'answer')} {'has' if n_not_costed == 1 else 'have'} no cost yet."
    )
