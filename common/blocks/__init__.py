"""What an article, an organisation's story or a page of text may be made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.blocks.files import DocumentsBlock
from common.blocks.media import GalleryBlock, PhotoBlock, VideoBlock
from common.blocks.people import ContactsBlock, PeopleBlock
from common.blocks.text import (
    AccordionBlock,
    CalloutBlock,
    HeadingBlock,
    QuoteBlock,
    TableBlock,
    TextBlock,
)

__all__ = ["BodyBlocks"]

WORDS, PICTURES, FACTS = _("Words"), _("Pictures and video"), _("People, places, files")


class BodyBlocks(blocks.StreamBlock):
    text = TextBlock(group=WORDS)
    heading = HeadingBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    callout = CalloutBlock(group=WORDS)
    accordion = AccordionBlock(group=WORDS)
    table = TableBlock(group=WORDS)
    image = PhotoBlock(group=PICTURES)
    gallery = GalleryBlock(group=PICTURES)
    video = VideoBlock(group=PICTURES)
    people = PeopleBlock(group=FACTS)
    contacts = ContactsBlock(group=FACTS)
    documents = DocumentsBlock(group=FACTS)

    class Meta:
        template = "blocks/body.html"
