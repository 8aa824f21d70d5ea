"""Managing people in the CMS: by address and name. Passwords are everybody's own business."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.users.views import users as wagtail_users

from accounts import actions, rules
from accounts.models import User


class _PersonForm(forms.ModelForm):
    required_css_class = "required"

    class Meta:
        model = User
        fields: tuple[str, ...] = ("email", "display_name", "language", "is_superuser", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {"is_superuser": _("Administrator")}
        help_texts = {
            "is_superuser": _("May do everything everywhere."),
            "groups": "",
            "display_name": _("Shown beside what they write. They can change it."),
        }

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class InviteForm(_PersonForm):
    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = self.instance.is_superuser
        actions.invite(self.instance)
        self._save_m2m()  # type: ignore[attr-defined]
        return self.instance


class EditForm(_PersonForm):
    class Meta(_PersonForm.Meta):
        fields = (*_PersonForm.Meta.fields, "is_active")

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            for name in ("is_active", "is_superuser", "email"):  # the address is changed on the site, with a letter
                del self.fields[name]

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = self.instance.is_superuser
        person = self.instance
        # What the form did not ask (a password changed meanwhile) stays as it is.
        person.save(update_fields=["is_staff", *(name for name in self.fields if name != "groups")])
        self._save_m2m()  # type: ignore[attr-defined]
        actions.keep_cms_language(person)
        if "email" in self.changed_data:
            actions.change_address(person, person.email)
        return person


class IndexView(wagtail_users.IndexView):
    search_fields = ("email", "display_name")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            self._get_title_column_class(wagtail_users.UserColumn)(
                "name",
                accessor=get_user_display_name,
                label=pgettext_lazy("person", "name"),
                sort_key="name",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column("email", label=_("E-mail"), sort_key="email", width="25%"),
            BooleanColumn("is_superuser", label=_("Administrator"), sort_key="is_superuser", width="12%"),
            BooleanColumn("is_active", label=_("active"), sort_key="is_active", width="10%"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login", width="15%"),
        ]

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering.replace("name", "display_name"), "pk")
        return super().order_queryset(queryset)


class OwnLevelMixin:
    """Only administrators make administrators."""

    request: HttpRequest

    def get_form(self, form_class: type[_PersonForm] | None = None) -> _PersonForm:
        form: _PersonForm = super().get_form(form_class)  # type: ignore[misc]
        if "is_superuser" in form.fields and not rules.may_make_administrators(self.request.user):
            form.fields["is_superuser"].disabled = True
        return form


class CreateView(OwnLevelMixin, wagtail_users.CreateView):
    pass


class EditView(OwnLevelMixin, wagtail_users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.can_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(wagtail_users.UserViewSet):
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView

    def get_form_class(self, for_update: bool = False) -> type[_PersonForm]:
        return EditForm if for_update else InviteForm
