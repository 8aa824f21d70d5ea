"""Organisations of the network: on Partner what is the same in every language, on PartnerPage what people read."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Collection, Page, Workflow
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from common.blocks import BodyBlocks
from common.city_pages import CityPageMixin
from common.models import Audience, District, Picture, Topic
from partners.enums import Access, Kind, Role, Trust
from partners.forms import PartnerPageForm


class Partner(models.Model):
    """One organisation: who works for it, what it owns in the CMS, and what the public doesn't see."""

    slug = models.SlugField(_("short address"), max_length=80, unique=True)
    trust = models.CharField(_("trust"), max_length=10, choices=Trust.choices, default=Trust.NEW)
    legal_name = models.CharField(_("legal name"), max_length=250, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=20, blank=True)
    contact_person = models.CharField(_("contact person"), max_length=150, blank=True)
    contact_phone = models.CharField(_("contact person's phone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("contact person's e-mail"), blank=True)
    member_since = models.DateField(_("member since"), default=timezone.localdate)
    collection = models.OneToOneField(
        Collection, verbose_name=_("collection"), on_delete=models.PROTECT, editable=False
    )
    workflow = models.OneToOneField(Workflow, verbose_name=_("workflow"), on_delete=models.PROTECT, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        permissions = [
            ("see_every_partner", _("See every partner's work in the CMS")),
            ("coordinate", _("Take partners in, change their private part, archive them")),
        ]

    def __str__(self) -> str:
        """Never the legal name, which the public doesn't see."""
        return self.slug


class PartnerGroup(models.Model):
    """The permission group of one role in one partner's team."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="partner_group")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "role"], name="one_group_per_role")]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_role_display()}"


class PartnerIndexPage(CityPageMixin, Page):
    """The directory: who teaches in the city."""

    lead = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["partners.PartnerPage"]
    max_count_per_parent = 1
    shows = ("partners",)
    template = "partners/directory.html"

    class Meta:
        verbose_name = _("partner directory")
        verbose_name_plural = _("partner directories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from partners.directory import directory_context

        return super().get_context(request, *args, **kwargs) | directory_context(self, request)


class PartnerPage(CityPageMixin, Page):
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="pages", editable=False)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind of organisation"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    tagline = models.CharField(
        _("one sentence about you"), max_length=160, help_text=_("What people can learn here. Shown on your card.")
    )
    description = StreamField(BodyBlocks(), verbose_name=_("about"), blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("what you teach"), blank=True)
    audiences = ParentalManyToManyField(Audience, verbose_name=_("whom you teach"), blank=True)
    teaching_languages = models.JSONField(
        _("languages you teach in"), default=list, blank=True, help_text=_("Two-letter codes.")
    )
    district = models.ForeignKey(
        District, verbose_name=_("district"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    opening_hours = models.JSONField(_("opening hours"), default=dict, blank=True)
    opening_hours_note = models.CharField(_("note on the hours"), max_length=200, blank=True)
    phones = models.JSONField(_("phones"), default=list, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    networks = models.JSONField(_("pages in social networks"), default=list, blank=True)
    access = models.JSONField(_("accessibility"), default=list, blank=True)
    logo = models.ForeignKey(
        Picture, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cover = models.ForeignKey(
        Picture, verbose_name=_("cover picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    assured_date = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("When somebody last confirmed that all this is true.")
    )

    # The same in every language: kept alike by actions.carry_facts_over, not by the translator.
    FACTS = (
        "kind",
        "teaching_languages",
        "district",
        "latitude",
        "longitude",
        "opening_hours",
        "phones",
        "email",
        "website",
        "networks",
        "access",
        "logo",
        "cover",
        "assured_date",
    )
    SHARED_WORDS = ("topics", "audiences")
    override_translatable_fields = [
        *(SynchronizedField(name, overridable=False) for name in (*FACTS, *SHARED_WORDS)),
        SynchronizedField("slug", overridable=False),
        TranslatableField("address"),
    ]

    search_fields = [*Page.search_fields, index.SearchField("tagline"), index.SearchField("description")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("short_name"),
        FieldPanel("kind"),
        FieldPanel("tagline"),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("topics"), FieldPanel("audiences"), FieldPanel("teaching_languages")],
            heading=_("What and whom you teach"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("district"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("opening_hours"),
                FieldPanel("opening_hours_note"),
                FieldPanel("access"),
            ],
            heading=_("Place, hours, accessibility"),
        ),
        MultiFieldPanel(
            [FieldPanel("phones"), FieldPanel("email"), FieldPanel("website"), FieldPanel("networks")],
            heading=_("Contacts"),
        ),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("cover")], heading=_("Pictures")),
        FieldPanel("assured_date"),
    ]

    base_form_class = PartnerPageForm
    parent_page_types = ["partners.PartnerIndexPage"]
    subpage_types = ["news.NewsPage"]
    template = "partners/partner.html"
    kind_of_thing = "partner"
    shown_with = ("partner", "district", "logo", "cover")

    class Meta:
        verbose_name = _("partner's page")
        verbose_name_plural = _("partners' pages")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Only actions.create_partner makes one: a page alone would have no team, no collection, no workflow."""
        return False

    def cache_tags(self) -> tuple[str, ...]:
        return (*super().cache_tags(), partner_tag(self.partner_id))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from partners.directory import partner_context

        return super().get_context(request, *args, **kwargs) | partner_context(self, request)

    @property
    def share_picture(self) -> Picture | None:
        return self.cover

    @property
    def access_labels(self) -> list[str]:
        return [str(Access(code).label) for code in self.access if code in Access.values]

    @property
    def card_name(self) -> str:
        return self.short_name or self.title


class DirectoryEntry(models.Model):
    """A published partner's page as the directory lists it: made on publishing, gone when it is unpublished."""

    page = models.OneToOneField(PartnerPage, on_delete=models.CASCADE, related_name="directory_entry")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    translation_key = models.UUIDField()
    original = models.BooleanField(default=True, help_text="Shown to readers whose language the page lacks.")
    sort_key = models.CharField(max_length=255)
    letter = models.CharField(max_length=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation_key", "locale"], name="directory_once_per_locale")]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="directory_order"),
            models.Index(fields=["locale", "sort_key", "id"], name="directory_locale_order"),
        ]

    def __str__(self) -> str:
        return str(self.page)


def partner_tag(pk: int) -> str:
    return f"partner:{pk}"
