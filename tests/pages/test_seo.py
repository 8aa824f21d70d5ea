"""What search engines and social networks read."""

import json
import re
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image
from wagtail.models import Locale, PageViewRestriction

from common import share_picture
from pages.models import HomePage, StandardPage
from partners.models import PartnerPage
from tests.factories import make_district, make_news, make_partner, make_picture, make_topic

pytestmark = pytest.mark.django_db
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def meta(html: str, name: str) -> str | None:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)
    return found.group(1) if found else None


def said(html: str, kind: str) -> dict:
    blocks = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    (one,) = [block for block in blocks if block["@type"] == kind]
    return one


def xml(client, path: str) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(path).content)  # noqa: S314 our own answer


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', html))


def translate(page, language: str, title: str):
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    copy.title = title
    copy.save_revision().publish()
    return page.get_translation(Locale.objects.get(language_code=language))


def test_every_page_has_one_address_of_its_own(city, client):
    item = make_news()

    for path in ("/ru/", "/ru/news/", "/ru/partners/", item.url):
        html = read(client, f"{path}?utm_source=mail")
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', html) == [f"http://testserver{path}"]
        assert meta(html, "og:url") == f"http://testserver{path}"


def test_chosen_lists_are_addresses_of_their_own(city, client):
    make_district()

    html = read(client, "/ru/partners/?district=oktyabrsky&utm_source=mail")

    assert '<link rel="canonical" href="http://testserver/ru/partners/?district=oktyabrsky">' in html


def test_alternates_name_only_what_is_translated_and_public(city, client):
    item = make_news("Мастерская")
    english = translate(item, "en", "Workshop")
    belarusian = translate(item, "be", "Майстэрня")
    PageViewRestriction.objects.create(page=belarusian, restriction_type="login")

    assert alternates(read(client, item.url)) == {
        "ru": f"http://testserver{item.url}",
        "en": f"http://testserver{english.url}",
        "x-default": f"http://testserver{item.url}",
    }


def test_article_tells_what_when_who(city, client):
    partner = make_partner("Роща", slug="grove")
    item = make_news("Мастерская", partner=partner, lead="Без записи.", cover=make_picture(), author_line="Вера Б.")

    html = read(client, item.url)
    article = said(html, "NewsArticle")

    assert (article["headline"], article["inLanguage"]) == ("Мастерская", "ru")
    assert article["author"] == {"@type": "Person", "name": "Вера Б."}
    assert article["publisher"]["name"] == "Роща"
    assert article["datePublished"].endswith("+08:00")
    assert article["image"].startswith("http://testserver/media/")
    assert meta(html, "og:type") == "article"
    assert meta(html, "og:description") == "Без записи."
    assert meta(html, "description") == "Без записи."


def test_breadcrumb_is_said_and_shown(city, client):
    partner = make_partner("Роща", slug="grove", district=make_district(), topics=[make_topic()])
    item = make_news("Мастерская", partner=partner)

    steps = said(read(client, item.url), "BreadcrumbList")["itemListElement"]

    assert [step["name"] for step in steps] == ["Партнёры", "Роща", "Мастерская"]
    assert steps[1]["item"] == "http://testserver/ru/partners/grove/"
    assert "item" not in steps[2]


def test_words_cannot_break_out_of_the_data(city, client):
    html = read(client, make_news("</script><script>alert(1)</script>").url)

    assert "<script>alert(1)" not in html
    assert said(html, "NewsArticle")["headline"] == "</script><script>alert(1)</script>"


def test_sitemap_names_public_pages_with_their_translations(city, client):
    item = make_news("Мастерская")
    english = translate(item, "en", "Workshop")
    closed = make_news("За паролем")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    draft = make_news("Черновик", publish=False)

    tree = xml(client, "/sitemap.xml")
    urls = {url.find("s:loc", SITEMAP).text: url for url in tree.findall("s:url", SITEMAP)}

    assert f"http://testserver{item.url}" in urls
    assert [page for page in (closed, draft) if f"http://testserver{page.url}" in urls] == []
    links = urls[f"http://testserver{english.url}"].findall("x:link", SITEMAP)
    assert [(link.get("hreflang"), urlsplit(link.get("href")).path) for link in links] == [
        ("ru", item.url),
        ("en", english.url),
        ("x-default", item.url),
    ]
    assert all(client.get(urlsplit(address).path).status_code == 200 for address in urls)


def test_sitemap_is_split_where_the_protocol_wants_it(city, client, monkeypatch):
    monkeypatch.setattr("pages.views.MOST", 4)

    index = xml(client, "/sitemap.xml")
    parts = [urlsplit(loc.text).path for loc in index.findall("s:sitemap/s:loc", SITEMAP)]
    named = [loc.text for part in parts for loc in xml(client, part).findall("s:url/s:loc", SITEMAP)]

    assert parts == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    assert len(named) == len(set(named)) == 9
    assert client.get("/sitemap-4.xml").status_code == 404


def test_robots_are_told_what_to_leave_and_where_the_map_is(city, client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /cms/\n" in text
    assert "Disallow: /*/search/\n" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.parametrize("title", ["Мастерская", "Ғ ұ ₽ № 日本", "Рентгеноэлектрокардиографического " * 9, ""])
def test_drawn_share_picture_holds_any_title(title):
    drawn = share_picture.draw(title, "news", above="Новость", below="Иркутск учится")

    assert Image.open(BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) < 200_000


def test_share_picture_of_an_old_title_leads_to_the_new_one(city, client):
    item = make_news("Мастерская")
    old = urlsplit(meta(read(client, item.url), "og:image")).path
    item.title = "Лаборатория"
    item.save_revision().publish()

    answer = client.get(old)

    assert answer.status_code == 302
    assert client.get(answer["Location"])["Cache-Control"] == "public, max-age=31536000, immutable"


def test_share_picture_tells_nothing_of_drafts(city, client):
    item = make_news("Черновик", publish=False)

    assert client.get(f"/share/{item.pk}-{'0' * 16}.jpg").status_code == 404


def test_text_page_shows_its_lead_and_its_section(city, client):
    parent = StandardPage(title="О сети", slug="about", lead="Кто мы.", locale=city.locale)
    city.add_child(instance=parent)
    for title, slug in (("Договор", "charter"), ("Скрыто", "hidden")):
        parent.add_child(instance=StandardPage(title=title, slug=slug, show_in_menus=slug == "charter"))

    html = read(client, "/ru/about/")

    assert re.findall(r'<li><a href="([^"]*)">([^<]*)</a></li>', html[html.index('id="below"') :])[:1] == [
        ("/ru/about/charter/", "Договор")
    ]
    assert "Скрыто" not in html
    assert meta(html, "description") == "Кто мы."
    assert HomePage.objects.filter(pk=city.pk).exists()
    assert not PartnerPage.objects.exists()
