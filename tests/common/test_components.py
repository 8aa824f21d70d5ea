"""Each part of a page by itself: what it says, to eyes and to screen readers."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from common.parts import Card, Choice, Crumb, Facet, Link, Tab

WHEN = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
ITEM = Card(
    title='Курс "Верстак" - для всех',
    url="/ru/kurs/",
    kind="course",
    summary="Приходите",
    starts=WHEN,
    published=WHEN,
    source="Дом соседей",
    place="Лисиха",
    price=0,
    note="осталось 5 мест",
    accessible=True,
    pinned=True,
)


@pytest.fixture(autouse=True)
def _russian():
    with translation.override("ru"):
        yield


def draw(component: str, **context: object) -> str:
    return " ".join(render_to_string(f"components/{component}.html", context).split())


@pytest.mark.parametrize("component", ["card_news", "story", "card_partner", "row", "result"])
def test_lists_show_title_and_link_typeset(component):
    html = draw(component, item=ITEM)

    assert '<h3><a href="/ru/kurs/">Курс «Верстак» — для всех</a></h3>' in html


@pytest.mark.parametrize("component", ["card_news", "story", "card_partner", "row", "result"])
def test_originals_in_another_language_are_marked(component):
    item = Card(title="Open day", url="/en/day/", language="en", starts=WHEN, published=WHEN)

    html = draw(component, item=item)

    assert '<h3 lang="en">' in html
    assert re.search(r'<span class="tag" lang="en" title="[^"]+">English</span>', html)


@pytest.mark.parametrize("component", ["card_news", "story", "card_partner", "row", "result"])
def test_markup_in_titles_is_escaped(component):
    html = draw(component, item=Card(title="<img src=x onerror=1>", url="/", starts=WHEN))

    assert "<img src=x" not in html


def test_result_keeps_the_marks_of_the_search():
    html = draw("result", item=Card(title=mark_safe("<mark>Ремонт</mark> обуви"), url="/", kind="news"))

    assert "<mark>Ремонт</mark> обуви" in html
    assert 'alt=""' in html


def test_story_leads_with_a_picture_once():
    assert "<img" in draw("story", item=ITEM, lead=True)
    assert "<img" not in draw("story", item=ITEM)


def test_row_tells_date_place_and_price():
    html = draw("row", item=ITEM)

    assert '<time class="date" datetime="2026-03-06T18:00+08:00">пт <b>6</b> марта</time>' in html
    assert "Лисиха" in html
    assert 'class="free"' in html


def test_breadcrumb_is_read_by_people_and_machines(rf):
    crumbs = [Crumb("Партнёры", "/ru/partners/"), Crumb("Дом </script> соседей")]

    html = draw("breadcrumb", crumbs=crumbs, request=rf.get("/ru/"))

    assert '<span aria-current="page">Дом &lt;/script&gt; соседей</span>' in html
    steps = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert steps["@type"] == "BreadcrumbList"
    assert steps["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Партнёры", "item": "http://testserver/ru/partners/"},
        {"@type": "ListItem", "position": 2, "name": "Дом </script> соседей"},
    ]


def test_facets_work_without_script():
    facets = [
        Facet("district", "Район", [Choice("lisiha", "Лисиха", checked=True, count=8), Choice("marata", "Марата")]),
        Facet("when", "Когда", [Choice("", "Когда угодно", checked=True)], several=False, is_open=False),
    ]

    html = draw("facets", facets=facets, action="/ru/search/", kept=[("q", "хор")])

    assert '<form class="facets" id="filters" action="/ru/search/" method="get"' in html
    assert '<input type="hidden" name="q" value="хор">' in html
    assert '<input type="checkbox" name="district" value="lisiha" checked>' in html
    assert '<span class="n">8</span>' in html
    assert '<input type="radio" name="when" value="" checked>' in html
    assert html.count("<details open>") == 1


def test_chips_say_what_they_take_away():
    html = draw("chips", chips=[Link("Лисиха", "?")], reset_url="/ru/search/")

    assert re.search(r'<a class="chip" href="\?"><span class="hidden">[^<]+ </span>Лисиха', html)
    assert 'href="/ru/search/"' in html


def test_pager_has_only_the_ways_there_are():
    assert draw("pager") == ""
    assert 'rel="prev"' not in draw("pager", next_url="?before=1")
    assert 'rel="next"' in draw("pager", next_url="?before=1")


def test_current_tab_is_told():
    html = draw(
        "tabs", tabs=[Tab("Всё", "?", current=True, count=0), Tab("Курсы", "?kind=course")], label="Что показать"
    )

    assert '<a href="?" aria-current="page">Всё <span>0</span></a>' in html
    assert '<a href="?kind=course">Курсы</a>' in html


def test_empty_state_offers_the_next_step():
    html = draw(
        "empty", title="Пусто", text="Начните сами", links=[Link("Написать", "/a/", "pencil"), Link("Назад", "/")]
    )

    assert '<a class="btn" href="/a/">' in html
    assert '<a class="btn btn--quiet" href="/">Назад</a>' in html
