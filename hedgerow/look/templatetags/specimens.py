"""For the page of all parts, and for no other."""

from django import template

from hedgerow.look import specimens as shown

register = template.Library()


@register.simple_tag
def specimens():
    """{% specimens as these %}: everything that the parts on the page are filled with."""
    return {
        "today": shown.TODAY,
        "stages": shown.STAGES,
        "empty_form": shown.empty_form(),
        "wrong_form": shown.wrong_form(),
        "calendar": shown.CALENDAR,
        "tell_by": shown.date(2026, 10, 31),
        "ends_on": shown.date(2027, 1, 31),
        "spent": shown.SPENT,
        "carried": shown.CARRIED,
        "attended": shown.ATTENDED,
        "price": shown.PRICE,
        "before_and_after": shown.BEFORE_AND_AFTER,
        "pair": shown.PAIR,
        "nodes": shown.NODES,
        "ties": shown.TIES,
    }
