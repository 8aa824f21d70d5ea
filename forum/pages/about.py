"""The page that a topic talks about, as a card, while everybody may read that page.

What kind of page it is and how it looks is known to the index: the board knows nothing of news and organisations.
"""

from django.http import HttpRequest
from wagtail.models import Page

from common.city_pages import page_tag
from common.page_cache import depends_on, remember
from common.parts import Card
from forum.models import Topic
from search.listing import card_of
from search.queries import entry_of_page


def about(topic: Topic, request: HttpRequest) -> Card | None:
    if topic.page_id is None:
        return None
    tags = (page_tag(topic.page_id), "tree", "partners")
    depends_on(request, *tags)
    page = Page.objects.live().public().filter(pk=topic.page_id).select_related("locale").first()
    return remember(f"about-card:{page.pk}", tags, lambda: _card(page)) if page else None


def _card(page: Page) -> Card:
    """A page that the index doesn't know is a plain one."""
    entry = entry_of_page(page.pk)
    return card_of(entry) if entry else Card(page.title, page.get_url() or "", language=page.locale.language_code)
