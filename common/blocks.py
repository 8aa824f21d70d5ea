"""StreamField blocks that several kinds of page share."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class BodyBlocks(blocks.StreamBlock):
    """What an article, an organisation's story or a standard page may be made of."""

    heading = blocks.CharBlock(icon="title", label=_("Heading"))
    text = blocks.RichTextBlock(icon="pilcrow", label=_("Text"))
