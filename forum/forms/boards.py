"""The board's form in the CMS."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from forum.enums import Kind


class BoardForm(WagtailAdminModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("kinds of topics"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
