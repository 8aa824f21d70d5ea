"""What a form is sent: ids of pages, pictures and documents inside fields, texts and blocks."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

Reference = tuple[type[Model], str]


class GuardedPageForm(WagtailAdminPageForm):
    """For page types that partners write: refuses what the choosers never offered.

    Refused outright and not as an error at the field: the form shown again would show the thing's title.
    What the page referred to before stays allowed, so that a link whose page went offline doesn't lock its editors out.
    """

    def full_clean(self) -> None:
        if self.is_bound and self.for_user is not None:
            _refuse_foreign(self)
        super().full_clean()


def _refuse_foreign(form: GuardedPageForm) -> None:
    from partners.isolation import keys, reach  # partners.models imports this file

    theirs = reach.reach_of(form.for_user)
    if theirs is None:
        return
    chosen = {reference for part in _parts(form) for reference in _sent(part)}
    before = {reference for part in _parts(form) for reference in _stored(part)}
    for model, key in (
        (Page, keys.linkable_page),
        (get_image_model(), keys.own_picture),
        (get_document_model(), keys.own_document),
    ):
        if not key(theirs, [pk for kind, pk in chosen - before if issubclass(kind, model)]):
            raise PermissionDenied


def _parts(form: GuardedPageForm) -> Iterator[forms.BaseForm]:
    """The form and the rows of its formsets."""
    yield form
    for formset in form.formsets.values():
        if formset.management_form.is_valid():
            yield from formset.forms


def _sent(form: forms.BaseForm) -> Iterator[Reference]:
    for name, field in form.fields.items():
        yield from _references(field, field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))


def _stored(form: forms.BaseForm) -> Iterator[Reference]:
    for name, field in form.fields.items():
        yield from _references(field, form.get_initial_for_field(field, name))


def _references(field: forms.Field, value: Any) -> Iterator[Reference]:
    from wagtail.admin.rich_text import DraftailRichTextArea  # needs all models loaded

    if value in (None, ""):
        return
    if isinstance(field, BlockField):
        for model, pk, *_path in field.block.extract_references(value):
            yield model, str(pk)
    elif isinstance(field.widget, DraftailRichTextArea):
        for model, pk, *_path in extract_references_from_rich_text(str(value)):
            yield model, str(pk)
    elif _holds_one(field):
        yield field.queryset.model, str(value)  # type: ignore[attr-defined]


def _holds_one(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField)
