"""How any Django form looks on the site, and that people who cannot see it are told the same."""

import html5lib
import pytest
from django import forms
from django.utils import translation


class Application(forms.Form):
    place = forms.CharField(label="Place", help_text="As on the sign.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    access = forms.MultipleChoiceField(
        label="Access", choices=[("a", "Step-free"), ("b", "Lift")], widget=forms.CheckboxSelectMultiple
    )
    logo = forms.FileField(label="Logo", required=False)
    agree = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("note") == "never":
            raise forms.ValidationError("Not today.")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def drawn(form: forms.Form):
    """The form as a browser reads it."""
    tree = html5lib.parseFragment(f"<form>{form}</form>", namespaceHTMLElements=False)
    return {element.get("id"): element for element in tree.iter() if element.get("id")}, tree


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_help_is_tied_to_its_field():
    by_id, _tree = drawn(Application())

    assert by_id["id_place"].get("aria-describedby") == "id_place_helptext"
    assert words(by_id["id_place_helptext"]) == "As on the sign."
    assert by_id["id_place"].get("class") == "input"


def test_what_may_stay_empty_says_so():
    _by_id, tree = drawn(Application())

    labels = [words(label) for label in tree.iter("label")]
    assert labels == ["Place", "Note (optional)", "Step-free", "Lift", "Logo (optional)", "I agree"]


def test_error_is_tied_to_its_field_and_listed_above():
    by_id, tree = drawn(Application({"access": []}))

    assert by_id["id_place"].get("aria-invalid") == "true"
    assert by_id["id_place"].get("aria-describedby") == "id_place_helptext id_place_error"
    assert words(by_id["id_place_error"]) == "This field is required."
    summary = next(element for element in tree.iter("div") if element.get("role") == "alert")
    assert summary.get("tabindex") == "-1"
    assert summary.get("autofocus") is not None
    assert words(by_id["form-errors-title"]) == "Check 3 fields, then go on"
    targets = [link.get("href").removeprefix("#") for link in summary.iter("a")]
    assert targets == ["id_place", "id_access_0", "id_agree"]
    assert set(targets) <= set(by_id)


def test_error_of_the_whole_form_stands_in_the_summary():
    form = Application({"place": "Here", "access": ["a"], "agree": "on", "note": "never"})

    by_id, tree = drawn(form)

    assert words(by_id["form-errors-title"]) == "That didn't work"
    assert [words(item) for item in tree.iter("li")] == ["Not today."]


def test_group_of_boxes_is_a_fieldset_with_a_legend():
    _by_id, tree = drawn(Application({"place": "Here"}))

    fieldset = next(iter(tree.iter("fieldset")))
    assert words(next(iter(fieldset.iter("legend")))) == "Access"
    assert fieldset.get("aria-describedby") == "id_access_error"
    assert "field--bad" in fieldset.get("class")


def test_form_without_errors_has_no_summary():
    _by_id, tree = drawn(Application())

    assert [element for element in tree.iter("div") if element.get("role") == "alert"] == []


def test_what_a_person_typed_is_escaped():
    html = str(Application({"place": '"><script>alert(1)</script>'}))

    assert "<script>" not in html
