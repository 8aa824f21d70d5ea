"""Blocks of words."""

from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.tables import check_table, read_table

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class Tone(TextChoices):
    NOTE = "note", _("Good to know")
    GOOD = "good", _("Good news")
    WARN = "warn", _("Mind this")
    BAD = "bad", _("Something went wrong")


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        options.setdefault("features", FEATURES)
        super().__init__(**options)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists, links. Short paragraphs are read to the end.")
        template = "blocks/text.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            f"<p>{say('The reading room opens at ten. Come in, take a book, stay for tea.')}</p>"
            f"<ul><li>{say('books and magazines')}</li><li>{say('a quiet corner for work')}</li></ul>"
        )


class LookedBlock(blocks.StructBlock):
    """What editors choose of its looks are no words of the text: nobody looks for them."""

    def get_searchable_content(self, value: Any) -> list[str]:
        words = {name: block for name, block in self.child_blocks.items() if not isinstance(block, blocks.ChoiceBlock)}
        said = (block.get_searchable_content(value.get(name, block.get_default())) for name, block in words.items())
        return list(chain.from_iterable(said))


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        return slugify(self["text"], allow_unicode=True)


class HeadingBlock(LookedBlock):
    text = blocks.CharBlock(max_length=120, label=_("Heading"))
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))], default="h2", label=_("Level")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides a long text. Links can lead to it.")
        template = "blocks/heading.html"
        value_class = HeadingValue

    def get_preview_value(self) -> Any:
        return self.normalize({"text": say("What to bring"), "level": "h2"})


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=500, rows=3, label=_("Words"), help_text=_("Without quotation marks."))
    author = blocks.CharBlock(max_length=120, required=False, default="", label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's own words, set large. One a page is enough.")
        template = "blocks/quote.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            {"text": say("We came with a broken scooter and left with a stool."), "author": say("From the guest book")}
        )


class CalloutBlock(LookedBlock):
    tone = blocks.ChoiceBlock(choices=Tone.choices, default=Tone.NOTE, label=_("Kind"))
    title = blocks.CharBlock(max_length=100, required=False, default="", label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "italic", "link"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        description = _("What nobody should overlook: a changed place, a deadline.")
        template = "blocks/callout.html"

    def get_preview_value(self) -> Any:
        text = f"<p>{say('On 17 March we meet in the library next door.')}</p>"
        return self.normalize({"tone": Tone.WARN, "title": say("The place has changed"), "text": text})


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=160, label=_("Question"))
    text = blocks.RichTextBlock(features=FEATURES, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question and answer")


class AccordionBlock(blocks.StructBlock):
    questions = blocks.ListBlock(AccordionItemBlock(), min_num=1, max_num=30, label=_("Questions"))

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        description = _("Answers that open when pointed at. Not for what everybody needs to read.")
        template = "blocks/accordion.html"

    def get_preview_value(self) -> Any:
        answer = f"<p>{say('No. Come as you are, we have everything.')}</p>"
        questions = (say("Do I need my own tools?"), say("May I bring a child?"))
        return self.normalize({"questions": [{"title": question, "text": answer} for question in questions]})


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        max_length=160, label=_("Title"), help_text=_("What the table tells; read out before it.")
    )
    rows = blocks.TextBlock(
        rows=6,
        label=_("Rows"),
        help_text=_(
            "One row a line, cells divided by |. The first line holds the titles of the columns. "
            "Or paste a range from a spreadsheet."
        ),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Timetables, prices. On phones each row becomes a card.")
        template = "blocks/table.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            check_table(cleaned["rows"])
        except ValidationError as error:
            raise blocks.StructBlockValidationError({"rows": error}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"table": read_table(value["rows"])}

    def get_preview_value(self) -> Any:
        lines = (
            (say("Day"), say("What we do"), say("Seats")),
            (say("Monday"), say("Wheels and tyres"), "12"),
            (say("Wednesday"), say("Chain and gears"), "8"),
        )
        return self.normalize({"caption": say("Timetable"), "rows": "\n".join(" | ".join(line) for line in lines)})
