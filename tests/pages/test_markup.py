"""Every kind of page is valid HTML, has one title, one main part, and no address twice."""

import re
from collections import Counter
from itertools import pairwise

import html5lib
import pytest
from wagtail.models import Locale

from news.models import NewsCategory
from pages.models import StandardPage
from partners.models import PartnerPage
from tests.factories import fill_home, make_district, make_news, make_partner, make_picture, make_topic, make_user

pytestmark = pytest.mark.django_db
BODY = [
    {"type": "heading", "value": {"text": "Что там есть", "level": "h2"}},
    {"type": "text", "value": "<p>Верстаки &amp; <b>станки</b>.</p><ul><li>пила</li></ul>"},
    {"type": "quote", "value": {"text": "Ушли с табуреткой.", "author": "Из книги отзывов"}},
    {"type": "callout", "value": {"tone": "note", "title": "", "text": "<p>Приходите.</p>"}},
    {"type": "accordion", "value": {"questions": [{"title": "Платно?", "text": "<p>Нет.</p>"}]}},
]


@pytest.fixture
def paths(city) -> dict[str, str]:
    fill_home(city)
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    partner = make_partner(
        "Библиотека «Роща» & Ко",
        slug="grove",
        description=BODY,
        district=make_district(),
        topics=[make_topic()],
        cover=make_picture(),
        logo=make_picture(),
        address="ул. Сосновая, 5",
        latitude=52.2,
        longitude=104.3,
        phones=["+7 (3952) 00-00-22"],
        email="roscha@biblio.example",
        website="https://roscha.example/?a=1&b=2",
        networks=["https://vk.example/roscha"],
        access=["step_free", "lift"],
        opening_hours={"mon": [["10:00", "19:00"]]},
    )
    for number in range(12):
        item = make_news(
            f"Новость <{number}> «и»",
            partner=partner if number % 2 else None,
            cover=make_picture() if number % 3 else None,
            body=BODY,
            categories=[category],
            author_line="Вера Б.",
            source_url="https://paper.example/?a=1&b=2",
        )
    text = StandardPage(title="О сети", slug="about", lead="Кто мы.", picture=make_picture(), body=BODY)
    city.add_child(instance=text)
    return {
        "home": "/ru/",
        "bare home": "/en/",
        "feed": "/ru/news/",
        "chosen feed": "/ru/news/?category=places&partner=grove",
        "empty feed": "/ru/news/?category=none",
        "month": f"/ru/news/{item.first_published_at:%Y/%m}/",
        "item": item.url,
        "directory": "/ru/partners/",
        "chosen directory": "/be/partners/?district=oktyabrsky&access=step_free",
        "empty directory": "/ru/partners/?topic=none",
        "partner": PartnerPage.objects.get(partner=partner).url,
        "text": text.url,
        "untranslated": f"/en/untranslated/{text.pk}/",
    }


def answers(client, paths: dict[str, str]) -> dict[str, str]:
    return {name: client.get(path).content.decode() for name, path in paths.items()}


def test_every_page_is_valid(client, paths):
    problems = {}
    for name, html in answers(client, paths).items():
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(html)
        problems[name] = parser.errors

    assert {name: found for name, found in problems.items() if found} == {}


def test_every_page_is_valid_for_those_who_are_signed_in(client, paths):
    client.force_login(make_user(is_superuser=True, is_staff=True))

    for name, html in answers(client, paths).items():
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(html)
        assert parser.errors == [], name


def test_every_page_has_one_title_one_main_part_and_no_id_twice(client, paths):
    for name, html in answers(client, paths).items():
        assert len(re.findall(r"<h1[ >]", html)) == 1, name
        assert html.count("<main") == 1, name
        ids = Counter(re.findall(r'\sid="([^"]*)"', html))
        assert [one for one, times in ids.items() if times > 1] == [], name


def test_every_link_within_a_page_has_its_place(client, paths):
    for name, html in answers(client, paths).items():
        ids = set(re.findall(r'\sid="([^"]*)"', html))
        assert [target for target in re.findall(r'href="#([^"]+)"', html) if target not in ids] == [], name
        named = {target for value in re.findall(r'aria-labelledby="([^"]*)"', html) for target in value.split()}
        assert named - ids == set(), name


def test_headings_skip_no_level(client, paths):
    for name, html in answers(client, paths).items():
        main = html[html.index("<main") : html.index("</main>")]
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", main)]
        assert all(below <= above + 1 for above, below in pairwise(levels)), (name, levels)


def test_pictures_have_a_size_and_an_alternative(client, paths):
    for name, html in answers(client, paths).items():
        for tag in re.findall(r"<img [^>]*>", html):
            assert 'alt="' in tag, (name, tag)
            assert re.search(r' width="\d+" height="\d+"', tag), (name, tag)
