"""Every form of the public site is drawn by templates/components/: help, then error, above the field."""

from django.forms.renderers import TemplatesSetting


class SiteRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
