from itertools import count
from typing import Any

from news.models import NewsIndexPage, NewsPage
from partners.models import Partner

numbers = count(1)


def make_news(
    title: str = "", *, partner: Partner | None = None, language: str = "ru", publish: bool = True, **fields: Any
) -> NewsPage:
    """A news item under its partner's page, or under the city's feed."""
    number = next(numbers)
    parent = (
        partner.pages.get(locale__language_code=language)
        if partner
        else NewsIndexPage.objects.get(locale__language_code=language)
    )
    page = NewsPage(
        **{"title": title or f"Новость {number}", "slug": f"news-{number}", "lead": "Что случилось.", **fields},
        live=False,
    )
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return NewsPage.objects.get(pk=page.pk)
