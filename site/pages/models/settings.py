"""What a city sets for the whole site: once for all languages (CitySettings), and in words (CityWords, Menu)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.snippets.models import register_snippet

from common.models import Picture
from pages.enums import MenuPlace

hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour is written like #b3420e."))


@register_setting(icon="site")
class CitySettings(BaseSiteSetting):
    logo = models.ForeignKey(
        Picture, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hero = models.ForeignKey(
        Picture,
        verbose_name=_("picture of the first screen"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    share_picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture for links in social networks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent_light = models.CharField(
        _("accent on light ground"), max_length=7, blank=True, validators=[hex_colour], help_text="#b3420e"
    )
    accent_dark = models.CharField(
        _("accent on dark ground"), max_length=7, blank=True, validators=[hex_colour], help_text="#f29c66"
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    vk = models.URLField("VK", blank=True)
    telegram = models.URLField("Telegram", blank=True)
    youtube = models.URLField("YouTube", blank=True)
    rutube = models.URLField("Rutube", blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("hero"), FieldPanel("share_picture")], heading=_("Pictures")),
        FieldRowPanel([FieldPanel("accent_light"), FieldPanel("accent_dark")], heading=_("Colours")),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Contacts")),
        MultiFieldPanel(
            [FieldPanel("vk"), FieldPanel("telegram"), FieldPanel("youtube"), FieldPanel("rutube")],
            heading=_("Social networks"),
        ),
    ]

    class Meta:
        verbose_name = _("city: look and contacts")

    def clean(self) -> None:
        from pages.colours import PAPER_DARK, PAPER_LIGHT, contrast

        super().clean()
        for name, paper in (("accent_light", PAPER_LIGHT), ("accent_dark", PAPER_DARK)):
            colour = getattr(self, name)
            if colour and not self._meta.get_field(name).validators[0].regex.match(colour):
                continue
            if colour and contrast(colour, paper) < 4.5:
                raise ValidationError({name: _("Text in this colour is too pale to read: choose a stronger one.")})


@register_snippet
class CityWords(TranslatableMixin, models.Model):
    """The name of the site and other words of its head and foot, one row a language."""

    city_name = models.CharField(_("name of the site"), max_length=60)
    tagline = models.CharField(_("line under the name"), max_length=80, blank=True)
    description = models.CharField(
        _("description for search engines"), max_length=200, blank=True, help_text=_("One or two sentences.")
    )
    address = models.CharField(_("address and hours in the foot"), max_length=200, blank=True)
    licence = models.CharField(_("licence of the texts"), max_length=120, blank=True)

    panels = [FieldPanel(name) for name in ("city_name", "tagline", "description", "address", "licence")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("city: name and words")
        verbose_name_plural = _("city: name and words")

    def __str__(self) -> str:
        return self.city_name


@register_snippet
class Menu(TranslatableMixin, ClusterableModel):
    """A list of links in the head, or a column in the foot."""

    place = models.CharField(_("place"), max_length=6, choices=MenuPlace.choices)
    title = models.CharField(_("heading"), max_length=60, help_text=_("Read out in the head, seen in the foot."))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("place"),
        FieldPanel("title"),
        FieldPanel("sort_order"),
        InlinePanel("items", heading=_("Links"), label=_("link"), max_num=10),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        ordering = ["place", "sort_order"]

    def __str__(self) -> str:
        return self.title


class MenuItem(TranslatableMixin, Orderable):
    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="items")
    label = models.CharField(_("words"), max_length=40)
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.CharField(
        _("or an address"), max_length=200, blank=True, help_text=_("Of this site, without the language: /search/")
    )
    button = models.BooleanField(_("as a button"), default=False)

    panels: list[Any] = [FieldPanel("label"), FieldPanel("page"), FieldPanel("address"), FieldPanel("button")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("link")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError({"page": _("Choose a page or write an address.")})
        if self.address and not self.address.startswith(("/", "https://", "mailto:", "tel:")):
            raise ValidationError({"address": _("An address begins with / or https://.")})
