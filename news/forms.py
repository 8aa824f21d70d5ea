from typing import Any

from django.utils.translation import gettext_lazy as _

from common.vocabulary import original_words
from partners.forms import WordsField
from partners.isolation.forms import GuardedPageForm


class NewsPageForm(GuardedPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "categories" in self.fields:
            from news.models import NewsCategory

            self.fields["categories"] = WordsField(
                vocabulary="news_category",
                queryset=original_words(NewsCategory),
                required=False,
                label=_("Categories"),
                initial=self.fields["categories"].initial,
            )
