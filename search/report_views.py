"""What people look for, in the CMS: four lists, and each of them to take away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.auth import user_passes_test
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from common.parts import Tab
from common.spreadsheets import csv_lines
from search import rules
from search.query_log import report
from search.query_log.report import LISTS, MOST_LINES, PERIODS, Line, Rows

readers_only = user_passes_test(rules.can_see_searches)
PAGE_SIZE = 50
TITLES = {
    "top": gettext_lazy("Most looked for"),
    "rising": pgettext_lazy("searches", "Rising"),
    "nothing": pgettext_lazy("searches", "Nothing found"),
    "late": gettext_lazy("Opened far down"),
}
SAID = {
    "top": gettext_lazy("What most visits looked for."),
    "rising": gettext_lazy("The last seven days beside a usual week of the four before."),
    "nothing": gettext_lazy("Searches without filters that found nothing when they were last made."),
    "late": gettext_lazy("What people open stands in the fourth place or further down, on average."),
}


@dataclass(frozen=True)
class Choice:
    """What the address asks for; whatever makes no sense in it counts as not said."""

    show: str = "top"
    language: str = ""
    days: int = 28

    @classmethod
    def of(cls, request: HttpRequest) -> "Choice":
        show, language, days = (request.GET.get(name, "") for name in ("show", "language", "days"))
        return cls(
            show if show in LISTS else cls.show,
            language if language in dict(settings.LANGUAGES) else cls.language,
            next((known for known in PERIODS if str(known) == days), cls.days),
        )

    @property
    def rows(self) -> Rows:
        return LISTS[self.show](self.language, self.days)

    @property
    def query_string(self) -> str:
        return urlencode({"show": self.show, "language": self.language, "days": self.days})


@method_decorator(readers_only, name="dispatch")
class Report(WagtailAdminTemplateMixin, TemplateView):
    template_name = "search/cms/report.html"
    page_title = gettext_lazy("What people look for")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = Choice.of(self.request)
        page = Paginator(choice.rows, PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "choice": choice,
            "said": SAID[choice.show],
            "tabs": [_tab(show, choice) for show in LISTS],
            "languages": settings.LANGUAGES,
            "periods": PERIODS,
            "page": page,
            "lines": list(report.lines(page.object_list)),
            "least": report.LEAST,
            "can_add_synonyms": rules.can_add_synonyms(self.request.user),
            "can_add_picks": rules.can_add_picks(self.request.user),
        }


@require_safe
@readers_only
def download(request: HttpRequest) -> StreamingHttpResponse:
    choice = Choice.of(request)
    lines = list(islice(report.lines(choice.rows[:MOST_LINES]), MOST_LINES))
    answer = StreamingHttpResponse(csv_lines(_head(), _cells(lines)), content_type="text/csv; charset=utf-8")
    name = f"searches-{choice.show}-{timezone.localdate()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _tab(show: str, choice: Choice) -> Tab:
    address = f"{reverse('search_report:index')}?{replace(choice, show=show).query_string}"
    return Tab(str(TITLES[show]), address, show == choice.show)


def _head() -> list[str]:
    return [
        _("What was typed"),
        _("Language"),
        pgettext("searches", "Visits"),
        _("Visits in a usual week"),
        pgettext("searches", "Searches"),
        pgettext("searches", "Found"),
        pgettext("searches", "Opened"),
        _("Mean place"),
        _("Furthest place"),
        _("Last on"),
    ]


def _cells(lines: list[Line]) -> Iterator[list[Any]]:
    for line in lines:
        yield [
            line.text,
            line.language,
            line.visits,
            None if line.usual is None else round(line.usual, 1),
            line.asked,
            line.hits,
            line.clicks,
            None if line.mean_rank is None else round(line.mean_rank, 1),
            line.worst_rank or None,
            line.last_day.isoformat(),
        ]
