"""How a form field is put into the site's own markup."""

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, FileInput, RadioSelect
from django.utils.safestring import SafeString

register = template.Library()

PLAIN = (CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, FileInput, RadioSelect)


@register.filter
def control(field: BoundField) -> SafeString:
    """The input alone, in the site's clothes."""
    widget = field.field.widget
    if isinstance(widget, PLAIN):
        return field.as_widget()
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"input {own}".strip()})


@register.filter
def shape(field: BoundField) -> str:
    """check: one box; choices: several to tick or one of several; file; line: everything else."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "file" if isinstance(widget, FileInput) else "line"


@register.filter
def first_id(field: BoundField) -> str:
    """Where an error leads: the field, or the first of its choices."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def bad_fields(form: Any) -> list[BoundField]:
    return [field for field in form if field.errors and not field.is_hidden]
