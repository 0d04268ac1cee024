"""Fields that read what people type."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from hedgerow.core.fields import PenceField
from hedgerow.core.forms import DayField, PoundsField


class Form(forms.Form):
    asked = PoundsField(least=100, most=500_00)
    on = DayField(required=False, first=date(2026, 1, 1), last=date(2026, 12, 31))


def test_pounds_become_pence_and_days_become_dates():
    form = Form({"asked": "£1.50", "on": "17/3/2026"})

    assert form.is_valid()
    assert form.cleaned_data == {"asked": 150, "on": date(2026, 3, 17)}


def test_a_form_shows_again_what_was_typed():
    form = Form({"asked": "1200,50", "on": "3/17/2026"})

    assert not form.is_valid()
    assert "not an amount in pounds" in form.errors["asked"][0]
    assert "no such day" in form.errors["on"][0]
    assert 'value="1200,50"' in str(form["asked"])
    assert 'value="3/17/2026"' in str(form["on"])


def test_a_form_begins_with_pounds_and_days_as_people_read_them():
    form = Form(initial={"asked": 120_050, "on": date(2026, 3, 17)})

    assert 'value="1,200.50"' in str(form["asked"])
    assert 'value="17 March 2026"' in str(form["on"])


def test_what_a_form_began_with_is_not_a_change():
    begun = {"asked": 12_050, "on": date(2026, 3, 17)}

    assert not Form({"asked": "120.50", "on": "17/3/2026"}, initial=begun).has_changed()
    assert Form({"asked": "120.51", "on": "17/3/2026"}, initial=begun).has_changed()
    assert Form({"asked": "lots", "on": "17/3/2026"}, initial=begun).has_changed()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (PoundsField(least=100), "0.99", "Enter £1 or more."),
        (PoundsField(most=500_00), "500.01", "Enter £500 or less."),
        (PoundsField(), "-5", "Enter £0 or more."),
        (DayField(first=date(2026, 1, 1)), "31/12/2025", "Choose 1 January 2026 or a later day."),
        (DayField(last=date(2026, 1, 1)), "2/1/2026", "Choose 1 January 2026 or an earlier day."),
    ],
)
def test_what_is_out_of_bounds_is_told_the_bound(field, typed, said):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [said]


def test_bounds_may_be_reached_and_debts_allowed():
    assert PoundsField(least=100, most=500_00).clean("500") == 500_00
    assert PoundsField(least=100, most=500_00).clean("1") == 100
    assert PoundsField(least=None).clean("-£5") == -500
    new_year = date(2026, 1, 1)
    assert DayField(first=new_year, last=new_year).clean("1/1/2026") == new_year


def test_nothing_that_is_typed_is_cut_off():
    with pytest.raises(ValidationError, match="longer than it can be"):
        PoundsField().clean("12" + " " * 60 + "x")


def test_nothing_is_refused_where_something_is_needed():
    assert not Form({"on": ""}).is_valid()
    assert PoundsField(required=False).clean(" ") is None


def test_a_column_of_pence_is_entered_in_pounds():
    field = PenceField(default=0).formfield(required=False)

    assert isinstance(field, PoundsField)
    assert field.clean("12") == 1200
