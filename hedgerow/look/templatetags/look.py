"""The parts of a page, as tags and filters. Every template has them without asking."""

import uuid
from functools import cache

from django import template
from django.forms import BoundField, Form
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hedgerow import units
from hedgerow.core.forms import PoundsField
from hedgerow.core.owners import Audience
from hedgerow.look import drawings, timelines, words
from hedgerow.look.fields import ChoiceLine, faults_of, kind_of, size_of

register = template.Library()

register.filter("pounds", units.pounds)
register.filter("in_words", words.number)
register.filter("minutes", words.about_minutes)
register.filter("spell_list", words.listed)
register.filter("clock_time", words.clock_time)
register.filter("half_days", words.days_of)
register.filter("first_up", words.first_up)
register.filter("of", words.out_of)


@register.filter
def count(n: int, noun: str) -> str:
    """{{ n|count:"date" }} -> "three dates"; {{ n|count:"person,people" }}."""
    return words.count(n, *noun.split(","))


@register.filter
def day(when):
    return _time(when, words.day) if when else ""


@register.filter
def weekday(when):
    return _time(when, words.weekday) if when else ""


def _time(when, write):
    on = words.day_of(when)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), write(when))


# --- drawings


def _sign(name: str) -> SafeString:
    """One of the small signs in look/signs.svg, which a browser fetches once."""
    return format_html(
        '<svg aria-hidden="true"><use href="{}#{}"/></svg>', static("look/signs.svg"), name
    )


@cache
def _drawn(drawing, *args) -> SafeString:
    """Numbers and words of our own: nothing in it comes from outside."""
    return mark_safe(drawing(*args))


@register.simple_tag
def hedge():
    return _drawn(drawings.hedge)


@register.simple_tag
def mark():
    return format_html(
        '<img class="mark" src="{}" width="40" height="40" alt="">', static("look/mark.svg")
    )


@register.simple_tag
def plate(plant="hawthorn"):
    """A room's plant: hawthorn, hip, hazel or sloe. Decoration, hidden from ears."""
    return format_html(
        '<svg class="plate" viewBox="0 0 150 150" aria-hidden="true"><use href="{}#plant"/></svg>',
        static(f"look/{plant}.svg"),
    )


@register.simple_tag
def steps(done, total=6):
    return _drawn(drawings.steps, int(done), int(total))


@register.simple_tag
def pips(placed, total=10):
    return _drawn(drawings.pips, int(placed), int(total))


@register.simple_tag
def bar(parts, mark=None):
    """parts: share in per cent, and one of done, planned, left, late."""
    return mark_safe(drawings.bar([(float(share), kind) for share, kind in parts], mark=mark))


@register.simple_tag
def dot_range(low, high, points, band=None, middle=None):
    """points: value; you, then or late; radius. band: the middle half, or before and after."""
    return mark_safe(drawings.dot_range(low, high, points, band=band, middle=middle))


@register.simple_tag
def trend(values):
    return mark_safe(drawings.trend(values))


@register.simple_tag
def strip(first, last, start=None, end=None, kind="done", today=None):
    """A bar from start to end on a calendar from first to last. All are dates."""
    return mark_safe(drawings.strip(first, last, start=start, end=end, kind=kind, today=today))


@register.simple_tag
def strip_head(first, last, letters=1):
    return mark_safe(drawings.strip_head(first, last, letters))


@register.simple_tag
def network(title, nodes, ties, height=330):
    """Under it stands a table of the same."""
    return mark_safe(drawings.network(title, nodes, ties, height))


@register.simple_tag
def timeline_head(calendar):
    return mark_safe(timelines.timeline_head(calendar))


@register.simple_tag
def timeline_row(calendar, row):
    """Between its words, which say the same: timelines.Row on a timelines.Calendar."""
    return mark_safe(timelines.timeline_row(calendar, row))


# --- words with a sign beside them


@register.simple_tag
def chip(audience, own_words=""):
    """Who can see this: dots, and always the words."""
    step = Audience(audience)
    return format_html(
        '<span class="chip">{}<span class="hide">Who can see this: </span><span>{}</span></span>',
        _sign(f"w{list(Audience).index(step) + 1}"),
        own_words or step.label,
    )


@register.simple_tag
def state(k, said, long=False):
    """k: 0 empty, 1 half, 2 full, 3 needs attention. The words carry it."""
    return format_html(
        '<span class="state{}">{}{}</span>', " long" if long else "", _sign(f"s{k}"), said
    )


@register.simple_tag
def says(number, sentence, source=""):
    """A number never stands alone: number, sentence, source."""
    cited = format_html(' <span class="src">{}</span>', source) if source else ""
    return format_html(
        '<p class="says"><strong class="n">{}</strong> {}{}</p>', number, sentence, cited
    )


@register.simple_tag
def pair(one, other):
    """Two names, always. Each is a name or (name, what they are)."""
    return format_html('<span class="pair">{} <i>and</i> {}</span>', _half(one), _half(other))


def _half(who):
    if isinstance(who, str):
        return format_html("<b>{}</b>", who)
    return format_html("<b>{}</b> <span>{}</span>", *who)


@register.inclusion_tag("components/journey.html")
def journey(stages):
    """stages: lines with state (done, now, next, later), name, when, note, url."""
    lines = [
        {"line": line, "sign": _sign("next" if line.state == "later" else line.state)}
        for line in stages
    ]
    return {"lines": lines, "n": len(lines)}


@register.simple_tag
def place(*trail):
    """Where you are: {% place "Our cluster" url "Its journey" url "This page" %}."""
    words_and_urls = [*trail, ""] if len(trail) % 2 else list(trail)
    items = (
        format_html('<a href="{}">{}</a>', url, said) if url else said
        for said, url in zip(words_and_urls[::2], words_and_urls[1::2], strict=True)
        if said
    )
    return format_html(
        '<nav class="place" aria-label="Where you are"><ol class="wrap">{}</ol></nav>',
        format_html_join("", "<li>{}</li>", ((item,) for item in items)),
    )


# --- blocks


def _inside(content: str) -> SafeString:
    """What a block of a template wrote, which is escaped already."""
    return mark_safe(content.strip())


@register.simple_block_tag
def entry(content, ident, heading, aside="", wide=False, level=2):
    """A section whose heading hangs in the margin."""
    beside = format_html("<p>{}</p>", aside) if aside else ""
    return format_html(
        '<section class="entry{}" aria-labelledby="{}">\n<div class="head">'
        '<h{} id="{}">{}</h{}>{}</div>\n<div class="body">\n{}\n</div>\n</section>',
        " wide" if wide else "",
        ident,
        level,
        ident,
        heading,
        level,
        beside,
        _inside(content),
    )


@register.simple_block_tag
def scroll(content, name):
    """A table that may be wider than a telephone."""
    return format_html(
        '<section class="scroll" aria-label="Table: {}" tabindex="0">{}</section>',
        name,
        _inside(content),
    )


_FIRST_WORDS = {
    "note": "Note.",
    "done": "Done.",
    "care": "Take care.",
    "needs": "Needs you.",
    "refused": "Not done.",
}
_LOOKS = {"note": "", "refused": " care"}  # the others are called as they look
_KIND_OF = {"success": "done", "warning": "care", "error": "refused"}  # by Django's level


@register.simple_block_tag
def notice(content, kind="note", word=""):
    """kind: note, done, care, needs, refused. Its first word says it again; one "needs" a page.

    "refused" answers what was just pressed, so it is where the page begins, and is read out.
    """
    aloud = ' role="alert" tabindex="-1" autofocus' if kind == "refused" else ""
    return _notice(kind, word or _FIRST_WORDS[kind], content.strip(), aloud)


@register.simple_tag
def said(message):
    """What the page before had to say: a message of Django's, as a notice."""
    kind = _KIND_OF.get(message.level_tag, "note")
    return _notice(kind, _FIRST_WORDS[kind], conditional_escape(message.message), ' role="status"')


def _notice(kind: str, word: str, content: str, aloud: str = "") -> SafeString:
    """content: escaped already; where it is a paragraph, the first word goes into it."""
    opening = "<p>" if content.startswith("<p>") else ""
    return format_html(
        '<div class="notice{}"{}>{}<b>{}</b> {}</div>',
        _LOOKS.get(kind, f" {kind}"),
        mark_safe(aloud),
        mark_safe(opening),
        word,
        _inside(content.removeprefix(opening)),
    )


@register.simple_block_tag
def empty(content):
    """Nothing yet: what is missing, what usually happens, one thing to press."""
    return format_html('<div class="empty">{}</div>', _inside(content))


# --- forms


@register.simple_tag
def field(bound: BoundField, own_label="", own_hint=""):
    """One field with its label, hint and fault, wired for those who hear the page.

    The fault is ours to say, in a sentence: browsers do not get to stop the form with their own.
    """
    bound.form.use_required_attribute = False
    if own_hint:
        bound.help_text = own_hint
    if bound.is_hidden:
        return bound.as_widget()
    kind = kind_of(bound)
    context = {
        "bound": bound,
        "label": own_label or bound.label,
        "kind": kind,
        "is_optional": not bound.field.required and kind != "tick",
        "is_money": isinstance(bound.field, PoundsField),
        "widget": "" if kind == "choices" else bound.as_widget(attrs=size_of(bound)),
        "choices": [ChoiceLine(choice) for choice in bound] if kind == "choices" else (),
    }
    return render_to_string("components/field.html", context)


@register.simple_tag
def error_summary(form: Form | None):
    """What is wrong, on top, with a link to each field. Nothing if nothing is."""
    if form is None or not form.errors:
        return ""
    return render_to_string("components/error_summary.html", {"faults": faults_of(form)})


@register.simple_tag
def once():
    """A form sent twice is done once."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4().hex)


@register.simple_tag
def version(row):
    """What the writer read, so that nobody overwrites what they have not seen."""
    return format_html('<input type="hidden" name="version" value="{}">', row.version)
