"""Blocks that say whom to ask and where to go."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=100, label=pgettext_lazy("person", "Name"))
    role = blocks.CharBlock(max_length=120, required=False, default="", label=_("What they do"))
    photo = ImageChooserBlock(required=False, label=_("Photo"))
    phone = blocks.CharBlock(max_length=40, required=False, default="", label=_("Phone"))
    email = blocks.EmailBlock(required=False, default="", label=_("E-mail"))

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    people = blocks.ListBlock(PersonBlock(), min_num=1, max_num=40, label=_("People"))

    class Meta:
        icon = "group"
        label = _("People")
        description = _("Who teaches, who answers. Ask them before you publish a name.")
        template = "blocks/people.html"

    def get_preview_value(self) -> Any:
        teacher = {"name": say("Nikita R."), "role": say("mechanic"), "phone": "", "email": ""}
        librarian = {"name": say("Vera I."), "role": say("librarian"), "phone": "", "email": "vera@library.example"}
        return self.normalize({"people": [teacher, librarian]})


class ContactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=100, required=False, default="", label=_("Title"))
    address = blocks.CharBlock(max_length=200, required=False, default="", label=_("Address"))
    directions = blocks.CharBlock(max_length=200, required=False, default="", label=_("How to get there"))
    hours = blocks.CharBlock(max_length=160, required=False, default="", label=_("Hours"))
    phone = blocks.CharBlock(max_length=40, required=False, default="", label=_("Phone"))
    email = blocks.EmailBlock(required=False, default="", label=_("E-mail"))
    website = blocks.URLBlock(required=False, default="", label=_("Website"))

    class Meta:
        icon = "mail"
        label = _("Contacts")
        description = _("Address, hours, phone, e-mail in one box.")
        template = "blocks/contacts.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "title": say("How to find us"),
                "address": say("21 Maple Street, entrance from the yard"),
                "hours": say("Mon–Fri, 10:00–19:00"),
                "phone": "+7 (3952) 00-00-21",
                "email": "hello@library.example",
            }
        )
