"""The shared index: one row per findable thing and language, the same thing as words to compare with, and how titles
begin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.enums import Access, Kind


class Entries(models.Manager["Entry"]):
    """Without what only its own place shows: nobody gets that without asking for it by name."""

    def get_queryset(self) -> models.QuerySet["Entry"]:
        return super().get_queryset().exclude(access=Access.WITHIN)


class Entry(models.Model):
    """What is public about one thing in one language. Written by search.actions, in the transaction of the thing.

    What stands in a place that is not for everybody (a closed board) has an entry too, of access ``within``: it is
    found by those alone who ask within that place (search.query.Query.within). Of places the narrowest stands last.
    """

    # What is counted and sorted by stands first, long texts last: SQLite reads a row from its beginning.
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=100, help_text="The thing it stands for: page:12, forum.topic:7.")
    language = models.CharField(max_length=10)
    translation_key = models.CharField(max_length=100, help_text="Shared by the translations of one thing.")
    is_original = models.BooleanField(default=True)
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.PUBLIC)
    within = models.CharField(
        max_length=200, blank=True, help_text="Slugs of the places it stands in, with spaces between: topic-12."
    )
    is_part = models.BooleanField(default=False, help_text="Its title is that of the whole it is a part of.")
    partner = models.CharField(max_length=80, blank=True, help_text="Slug of the organisation that speaks.")
    topics = models.TextField(blank=True, help_text="Slugs with spaces between.")
    audiences = models.TextField(blank=True, help_text="Slugs with spaces between.")
    district = models.CharField(max_length=60, blank=True)
    published = models.DateTimeField()
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True, help_text="From then on it is in no answer.")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    boost = models.FloatField(default=0, help_text="Added to the score; 1 is worth as much as a word more.")
    version = models.BigIntegerField(help_text="Grows with every write: microseconds, or one more than before.")
    partner_name = models.CharField(max_length=255, blank=True)
    author = models.CharField(max_length=40, blank=True, help_text="Who wrote it: person-12.")
    place = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=1000)
    picture = models.ForeignKey("common.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    keywords = models.TextField(blank=True, help_text="What else people call it: tags, categories, access features.")
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    objects = Entries()
    everything = models.Manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "language"], name="search_entry_once")]
        indexes = [
            models.Index(fields=["key"], name="search_entry_key"),
            models.Index(fields=["access", "-published", "-id"], name="search_entry_newest"),
            models.Index(fields=["access", "kind", "-published", "-id"], name="search_entry_kind"),
            models.Index(fields=["access", "partner", "-published", "-id"], name="search_entry_partner"),
            models.Index(fields=["translation_key", "language"], name="search_entry_translations"),
            models.Index(fields=["version"], name="search_entry_version"),
            models.Index(fields=["until"], name="search_entry_expiring", condition=models.Q(until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Document(models.Model):
    """An entry as the engine ``database`` compares it: stems in their order, parted by single spaces.

    ``marks`` holds what is asked for as a whole: stems of title and labels as ``^stem``, facets as ``topic=robotics``,
    places as ``within=board-5``, ``-stem`` for what only the whole's title says and not the part itself, and
    ``access=within`` for what nobody finds but within its places.
    The table is an FTS5 table on SQLite and has a generated tsvector with a GIN index on PostgreSQL: see the migration.
    """

    entry = models.OneToOneField(
        Entry,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        on_delete=models.CASCADE,
        related_name="document",
    )
    title = models.TextField()
    label = models.TextField(help_text="Topics, audiences, organisation, district, place, keywords.")
    summary = models.TextField()
    body = models.TextField()
    marks = models.TextField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")

    def __str__(self) -> str:
        return self.title


class Suggestion(models.Model):
    """A title from one of its words on, for whoever is still typing. Of public entries that are no parts of others.

    Rows go with their entry, inside the database. How they are read: search.engines.beginnings.
    """

    pk = models.CompositePrimaryKey("entry_id", "place")
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, db_index=False, related_name="suggestions")
    place = models.PositiveSmallIntegerField(help_text="Which word of the title it begins with, from 0.")
    start = models.CharField(max_length=40, help_text="Folded words with a space after each, cut.")
    worth = models.IntegerField(
        help_text="In months, the newer the more; of a title’s beginning more than of any middle."
    )

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return self.start
