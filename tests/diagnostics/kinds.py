"""An instrument with every kind of question, and answers to whatever an instrument asks."""

from datetime import date

from hypothesis import strategies as st

from hedgerow.core.cells import alike, bare
from hedgerow.diagnostics.questions.answers import MOST_NOTE, MOST_NUMBER, MOST_POUNDS, MOST_TEXT
from hedgerow.diagnostics.questions.instruments import SAYS, Column, Kind
from hedgerow.diagnostics.questions.packs import instrument_of

EVERY_KIND = instrument_of("""
slug: every-kind
version: 3
name: "Every kind: of question / asked [here]"
sentence: One of each.
minutes: 5
scored: nothing
source: {title: A test, publisher: Us, licence: Ours., year: 2026}
scales:
  much: [None, "Some, not much", A lot]
sections:
  - slug: singles
    name: Singles
    audience: cluster
    sentence: Say what is so.
    items:
      - {slug: words, kind: text, question: "What do you do?", most: 300}
      - {slug: people, kind: number, question: "How many people?", most: 5000, unit: people}
      - {slug: income, kind: money, question: "What came in?", most: "1000000"}
      - {slug: began, kind: day, question: "Since when?"}
      - {slug: backups, kind: says, question: "Are there backups?", note: true, cost: true}
      - {slug: plain, kind: says, question: "Is there a plan?"}
      - {slug: much, kind: scale, question: "How much?", scale: much}
      - slug: form
        kind: choice
        question: Which form?
        options:
          - {slug: cio, name: 'Charity "CIO"'}
          - {slug: other, name: =Other}
      - slug: do
        kind: several
        question: What is done?
        most: 3
        options:
          - {slug: food, name: Food, help: Any meal.}
          - {slug: advice, name: Advice}
          - {slug: sport, name: Sport}
          - {slug: else, name: Something else}
      - slug: first
        kind: ranked
        question: What comes first?
        most: 3
        options:
          - {slug: food, name: Food, help: Any meal.}
          - {slug: advice, name: Advice}
          - {slug: sport, name: Sport}
          - {slug: else, name: Something else}
      - {slug: accounts, kind: file, question: The accounts}
  - slug: lists
    name: Tables
    audience: only_us
    items:
      - slug: places
        kind: table
        question: Which places are used?
        help: Each of these.
        rows: [{slug: hall, name: The hall, help: In Main Street.}, {slug: shop, name: The shop}]
        columns:
          - {slug: strength, name: Strength, kind: scale, scale: much}
          - {slug: owned, name: Owned, kind: says}
          - {slug: rent, name: Rent a year, kind: money}
          - {slug: ends, name: Lease ends, kind: day, help: The last day.}
          - {slug: said, name: Remarks, kind: text, most: 200}
      - slug: suppliers
        kind: table
        question: Who is paid?
        row_name: Supplier
        most: 30
        columns:
          - {slug: spend, name: Spend, kind: money}
          - {slug: staff, name: How many, kind: number}
          - slug: form
            name: Form
            kind: choice
            options: [{slug: firm, name: A firm}, {slug: charity, name: A charity}]
""")

# An answer to each question of it.
FULL = {
    "words": "=SUM(A1)",
    "people": 12,
    "income": 120_050,
    "began": "2019-04-01",
    "backups": {"say": "no", "note": "Ask Mo", "cost": 40_000},
    "plain": {"say": "unknown"},
    "much": 2,
    "form": "other",
    "do": ["food", "sport"],
    "first": ["sport", "food"],
    "places": [{"row": "shop", "cells": {"strength": 3, "owned": "yes", "ends": "2027-01-31"}}],
    "suppliers": [
        {"row": "-Power Ltd", "cells": {"spend": 9999, "staff": 3, "form": "firm"}},
        {"row": "Mrs Ode", "cells": {}},
    ],
}


def answers_to(instrument):
    """Any answers that can be kept, files aside."""
    items = [item for item in instrument.items if item.kind is not Kind.FILE]
    return st.fixed_dictionaries({}, optional={item.slug: value_of(item) for item in items})


def value_of(asked):
    match asked.kind:
        case Kind.TEXT:
            return words(asked.most or MOST_TEXT)
        case Kind.NUMBER:
            return st.integers(0, asked.most or MOST_NUMBER)
        case Kind.MONEY:
            return st.integers(0, asked.most or MOST_POUNDS)
        case Kind.DAY:
            return st.dates(date(1901, 1, 1), date(2100, 12, 31)).map(str)
        case Kind.SAYS:
            return _said(asked)
        case Kind.SCALE:
            return st.integers(1, len(asked.scale.steps))
        case Kind.CHOICE:
            return st.sampled_from([option.slug for option in asked.options])
        case Kind.SEVERAL | Kind.RANKED:
            return _chosen(asked)
        case Kind.TABLE:
            return _table(asked)
    raise AssertionError(asked.kind)


def words(most):
    """As they are kept: nothing around them, and line ends as one sign."""
    signs = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd\ufffe\uffff")
    texts = st.text(signs | st.sampled_from("\t\n"), max_size=60) | st.sampled_from(_ODD)
    return texts.map(lambda text: bare(bare(text)[:most]) or "word"[:most])


_ODD = (
    "=SUM(A1:A9)", "+44 1632 960000", "-1", "@home", "'=1", "''", "'quoted'", "TRUE", "1", "007",
    "1/2", "#REF!", "_x000D_", "£1,200.50", "1e5", "two\nlines", "tab\there", "é “quoted”", "x",
    "http://example.org", "{=1}", "＝1",
)  # fmt: skip


def _said(asked):
    say = st.sampled_from(list(SAYS))
    if isinstance(asked, Column):
        return say
    more = {"note": words(MOST_NOTE)} if asked.has_note else {}
    if asked.has_cost:
        more["cost"] = st.integers(0, MOST_POUNDS)
    return _some({"say": say, **more})


def _some(optional):
    """At least one of these."""
    return st.sampled_from(list(optional)).flatmap(
        lambda key: st.fixed_dictionaries(
            {key: optional[key]}, optional={k: it for k, it in optional.items() if k != key}
        )
    )


def _chosen(asked):
    slugs = [option.slug for option in asked.options]
    some = st.lists(
        st.sampled_from(slugs), unique=True, min_size=1, max_size=asked.most or len(slugs)
    )
    return some if asked.kind is Kind.RANKED else some.map(lambda it: sorted(it, key=slugs.index))


def _table(item):
    columns = {column.slug: value_of(column) for column in item.columns}
    if not item.rows:
        cells = st.fixed_dictionaries({}, optional=columns)
        row = st.fixed_dictionaries({"row": words(120), "cells": cells})
        most = min(item.most, 4)
        return st.lists(row, min_size=1, max_size=most, unique_by=lambda it: alike(it["row"]))
    slugs = [row.slug for row in item.rows]
    filled = st.dictionaries(st.sampled_from(slugs), _some(columns), min_size=1, max_size=4)
    return filled.map(
        lambda found: [{"row": slug, "cells": found[slug]} for slug in slugs if slug in found]
    )
