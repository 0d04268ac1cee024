"""Fields, as those hear them who do not see the page."""

import pytest
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from .forms import Every
from .html import read

NAMES = [name for name in Every.base_fields if name != "token"]
GROUPS = ("kind", "who")


def shown(form, template="{% error_summary form %}{% include 'components/form.html' %}"):
    return read(Template(template).render(Context({"form": form})))


def sent(**words):
    """The form as sent: empty but for these words."""
    return Every(MultiValueDict({name: [said] for name, said in words.items()}))


def parts(page, name):
    return page.all(name=name)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_its_words(name):
    page = shown(Every())

    for part in parts(page, name):
        label = page.one("label", for_=part.attributes["id"])
        assert label.text
    if name in GROUPS:
        assert str(Every.base_fields[name].label) in [one.text for one in page.all("legend")]


@pytest.mark.parametrize("name", NAMES)
def test_a_hint_is_read_with_its_field(name):
    page = shown(Every())
    hint = Every.base_fields[name].help_text

    if name in GROUPS:
        carrier = parts(page, name)[0].above.above
        assert carrier.tag == "fieldset"
    else:
        (carrier,) = parts(page, name)
    assert carrier.described_by(page) == hint


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_read_with_its_field_after_the_hint(name):
    form = sent()
    page = shown(form)
    hint, said = Every.base_fields[name].help_text, " ".join(form.errors.get(name, []))

    carrier = parts(page, name)[0]
    if name in GROUPS:
        carrier = carrier.above.above
    assert carrier.described_by(page) == f"{hint} {said}".strip()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in GROUPS])
def test_a_wrong_field_says_that_it_is_wrong_and_a_right_one_does_not(name):
    form = sent(name="The Deposit Board", email="a@b")
    (part,) = parts(shown(form), name)

    assert part.attributes.get("aria-invalid") == ("true" if name in form.errors else None)


@pytest.mark.parametrize("name", GROUPS)
def test_of_a_group_no_single_choice_is_called_wrong(name):
    chosen = parts(shown(sent()), name)

    assert len(chosen) == 2
    assert [one for one in chosen if "aria-invalid" in one.attributes] == []


def test_the_fault_stands_between_the_label_and_the_field():
    form = sent(cost="about 1k")
    page = shown(form)

    (field,) = (one for one in page.all(class_="field bad") if "Cost" in one.text)
    order = [one.tag for one in field.inside if one.tag != "#"]
    assert order == ["label", "p", "p", "span"]
    assert field.text.index("“about 1k” is not an amount") > field.text.index("without VAT")


def test_several_faults_of_one_field_are_one_sentence_after_another():
    form = sent(name="x")
    form.add_error("name", "It is too short.")
    form.add_error("name", "We do not know it.")
    page = shown(form)

    part = page.one(name="name")
    assert part.described_by(page) == "As on the invoice. It is too short. We do not know it."


def test_no_id_stands_twice():
    form = sent()
    form.add_error("name", "Once more.")
    ids = [one.attributes["id"] for one in shown(form).all() if "id" in one.attributes]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_the_summary_leads_to_each_wrong_field(name):
    form = sent(email="a@b", ends_on="soon")
    page = shown(form)

    leads = [one for one in page.one(role="alert").all("a") if form.fields[name].label in one.text]
    assert len(leads) == 1
    target = page.by_id(leads[0].attributes["href"].removeprefix("#"))
    assert target.attributes["name"] == name
    assert target is parts(page, name)[0]
    assert form.errors[name][0] in leads[0].text


def test_the_summary_says_what_no_field_can_show():
    form = sent()
    form.add_error(None, "Somebody else sent it first.")
    said = shown(form).one(role="alert").text

    assert "Somebody else sent it first." in said
    assert form.errors["token"][0] in said


def test_the_summary_takes_the_focus_without_a_script():
    summary = shown(sent()).one(role="alert")

    assert "autofocus" in summary.attributes
    assert summary.attributes["tabindex"] == "-1"


@pytest.mark.parametrize("form", [None, Every()])
def test_where_nothing_is_wrong_there_is_no_summary(form):
    assert Template("{% error_summary form %}").render(Context({"form": form})) == ""


def test_words_that_were_typed_come_back_escaped():
    page = Template("{% field form.name %}").render(Context({"form": sent(name='"><b>x')}))

    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


def test_what_may_be_left_out_says_so():
    page = shown(Every())
    label = page.one("label", for_="id_email")

    assert label.text == "Email address (if you like)"
    assert page.one("label", for_="id_name").text == "Supplier"


def test_a_label_can_be_said_otherwise_on_one_page():
    page = shown(Every(), "{% field form.name 'Who sold it?' %}")

    assert page.one("label").text == "Who sold it?"


def test_browsers_do_not_get_to_stop_a_form_with_words_of_their_own():
    assert [one for one in shown(Every()).all() if "required" in one.attributes] == []


def test_an_amount_has_its_pound_sign_beside_it():
    page = shown(Every())

    assert page.one(name="cost").above.text == "£"
