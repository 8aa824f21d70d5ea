"""The directory and a partner's page as a reader sees them."""

import json
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Locale, PageViewRestriction

from common.models import Audience
from partners import queries
from partners.directory import week
from partners.models import Partner, PartnerPage
from partners.names import letter_of, sort_key_of
from tests.factories import make_district, make_news, make_partner, make_picture, make_topic

pytestmark = pytest.mark.django_db
HOURS = {"mon": [["10:00", "13:00"], ["14:00", "19:00"]], "wed": [["10:00", "21:00"]]}


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def names(html: str) -> list[str]:
    main = html[html.index("<main") : html.index("</main>")]
    return [name.replace("\u00a0", " ") for name in re.findall(r"<h3[^>]*><a [^>]*>([^<]*)</a></h3>", main)]


def page_of(partner) -> PartnerPage:
    return PartnerPage.objects.get(partner=partner, locale=Locale.get_default())


def test_empty_directory_says_what_will_stand_there(city, client):
    assert "Nobody has joined yet" in read(client, "/en/partners/")


def test_partners_stand_in_the_order_of_the_alphabet_under_their_letters(city, client):
    for name in ("Ёлка", "«Астра»", "Школа", "Ельник", "Библиотека"):
        make_partner(name)

    html = read(client, "/ru/partners/")

    assert names(html) == ["«Астра»", "Библиотека", "Ельник", "Ёлка", "Школа"]
    assert re.findall(r'<section class="byletter" id="letter-(.)"', html) == ["А", "Б", "Е", "Ш"]
    assert '<a href="#letter-Ш">Ш</a>' in html
    assert '<span aria-hidden="true">В</span>' in html


def test_filters_narrow_by_district_topic_audience_kind_and_entrance(city, client):
    crafts, seniors = make_topic(), Audience.objects.create(slug="seniors", name="Старшим", locale=Locale.get_default())
    make_partner("Роща", district=make_district(), topics=[crafts], kind="library", access=["lift"])
    make_partner("Верстак", audiences=[seniors], kind="business", access=["step_free", "lift"])

    assert names(read(client, "/ru/partners/?district=oktyabrsky")) == ["Роща"]
    assert names(read(client, "/ru/partners/?topic=crafts")) == ["Роща"]
    assert names(read(client, "/ru/partners/?audience=seniors")) == ["Верстак"]
    assert names(read(client, "/ru/partners/?kind=business")) == ["Верстак"]
    assert names(read(client, "/ru/partners/?access=step_free")) == ["Верстак"]
    assert names(read(client, "/ru/partners/?access=lift&kind=library")) == ["Роща"]
    assert names(read(client, "/ru/partners/?kind=nonsense&access=nonsense&letter=")) == ["Верстак", "Роща"]
    assert names(read(client, "/ru/partners/?district=nowhere")) == []


def test_chosen_filters_stay_chosen(city, client):
    make_district()

    html = read(client, "/ru/partners/?district=oktyabrsky&access=step_free")

    assert '<option value="oktyabrsky" selected>Октябрьский</option>' in html
    assert 'name="access" value="step_free" checked' in html


def test_long_directory_goes_on_by_key_and_letters_lead_to_lists(city, client, monkeypatch):
    monkeypatch.setattr(queries.directory_page, "__defaults__", ("", 2))
    for name in ("Астра", "Библиотека", "Верстак", "Гончары", "Дом"):
        make_partner(name)
    seen, path = [], "/ru/partners/"
    while path:
        html = read(client, path)
        seen += names(html)
        found = re.search(r'<a href="([^"]*)" rel="next"', html)
        path = found.group(1).replace("&amp;", "&") if found else ""

    assert seen == ["Астра", "Библиотека", "Верстак", "Гончары", "Дом"]
    assert 'href="/ru/partners/?letter=%D0%94">Д</a>' in html
    assert names(read(client, "/ru/partners/?letter=В")) == ["Верстак"]


def test_original_stands_in_other_languages_with_its_mark(city, client):
    make_partner("Библиотека")

    html = read(client, "/be/partners/")

    assert '<h3 lang="ru">' in html
    assert names(html) == ["Библиотека"]


def test_directory_names_only_what_everybody_may_open(city, client):
    make_partner("Черновик", publish=False)
    closed = page_of(make_partner("За паролем"))
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type="login")

    assert names(read(client, "/ru/partners/")) == []

    restriction.delete()

    assert names(read(client, "/ru/partners/?fresh=1")) == ["За паролем"]


def test_page_says_what_a_visitor_needs(city, client):
    partner = make_partner(
        "Библиотека на Лисихе",
        slug="library",
        district=make_district(),
        topics=[make_topic()],
        teaching_languages=["ru", "en"],
        address="ул. Кленовая, 21",
        latitude=52.26,
        longitude=104.32,
        opening_hours=HOURS,
        opening_hours_note="Последний четверг — санитарный день.",
        phones=["+7 (3952) 00-00-21"],
        email="lisiha@biblio.example",
        website="https://lisiha.example/",
        networks=["https://vk.example/lisiha/"],
        access=["step_free", "hearing_loop"],
        assured_date=date(2026, 11, 12),
    )
    Partner.objects.filter(pk=partner.pk).update(member_since=date(2021, 5, 14))

    html = read(client, page_of(partner).url)

    assert '<a href="tel:+73952000021">+7 (3952) 00-00-21</a>' in html
    assert '<a href="mailto:lisiha@biblio.example">' in html
    assert '<a href="https://vk.example/lisiha/" rel="noopener">vk.example/lisiha</a>' in html
    assert '<a href="/ru/partners/?topic=crafts">Ремёсла</a>' in html
    assert '<a href="/ru/partners/?district=oktyabrsky">Октябрьский</a>' in html
    assert "<td>10:00–13:00,<br>14:00–19:00</td>" in html
    assert html.count('<tr class="today">') == 1
    assert html.count("icons.svg#check") == 2
    assert "mlat=52.26" in html
    assert "12 ноября 2026" in html
    assert "14 мая 2021" in html


def test_page_of_somebody_who_said_little_has_no_holes(city, client):
    html = read(client, page_of(make_partner("Кружок")).url)

    main = html[html.index("<main") : html.index("</main>")]
    assert 'id="news"' not in main
    assert "<table" not in main
    assert "#map-pin" not in main


def test_nothing_of_the_agreement_shows(city, client):
    secrets = {
        "legal_name": "ООО «Секрет»",
        "tax_number": "0038103478",
        "contact_person": "Галина Скрытая",
        "contact_phone": "+7 (3952) 00-01-21",
        "contact_email": "hidden@biblio.example",
    }
    partner = make_partner("Библиотека")
    for name, value in secrets.items():
        setattr(partner, name, value)
    partner.save()
    make_news(partner=partner)

    for path in (page_of(partner).url, "/ru/partners/", "/ru/news/", "/ru/news/atom/?partner=" + partner.slug):
        html = client.get(path).content.decode()
        assert [value for value in secrets.values() if value in html] == []


def test_page_lists_its_news_and_leads_to_all_of_it(city, client):
    partner = make_partner("Роща", slug="grove")
    for number in range(1, 6):
        make_news(f"Новость-{number}", partner=partner)

    html = read(client, page_of(partner).url)

    assert names(html) == ["Новость-5", "Новость-4", "Новость-3"]
    assert '<a href="/ru/news/?partner=grove">' in html
    assert 'href="http://testserver/ru/news/atom/?partner=grove"' in html


def test_search_engines_read_who_it_is_and_when_it_is_open(city, client):
    partner = make_partner(
        'Клуб </script><b>"', kind="museum", address="ул. Кленовая, 21", opening_hours=HOURS, access=["lift"]
    )

    html = read(client, page_of(partner).url)
    blocks = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    (said,) = [block for block in blocks if block["@type"] == "Museum"]

    assert said["name"] == 'Клуб </script><b>"'
    assert said["location"]["address"]["streetAddress"] == "ул. Кленовая, 21"
    assert said["location"]["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "Monday",
        "opens": "10:00",
        "closes": "13:00",
    }


def test_week_marks_today_and_says_nothing_where_nobody_said():
    days = week(HOURS, datetime(2026, 11, 25, tzinfo=ZoneInfo("Asia/Irkutsk")).date())

    assert [day.hours for day in days] == [["10:00–13:00", "14:00–19:00"], [], ["10:00–21:00"], [], [], [], []]
    assert [day.today for day in days] == [False, False, True, False, False, False, False]
    assert week({}, date(2026, 11, 25)) == []


@pytest.mark.parametrize(
    ("name", "letter"), [("«Астра»", "А"), ("Ёлка", "Е"), ("Ўладар", "У"), ("7 нот", "#"), ("", "#")]
)
def test_letter_of_a_name(name, letter):
    assert letter_of(sort_key_of(name)) == letter


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_the_directory_do_not_grow(city, client, django_assert_num_queries, number):
    for _ in range(number):
        make_partner(logo=make_picture(size=(90, 60)), cover=make_picture(size=(90, 60)), district=make_district())
    client.get("/ru/partners/")

    with django_assert_num_queries(9):
        client.get("/ru/partners/?fresh=1")


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_partners_page_do_not_grow(city, client, django_assert_num_queries, number):
    partner = make_partner(cover=make_picture(size=(90, 60)), topics=[make_topic()], district=make_district())
    for _ in range(number):
        make_news(partner=partner, cover=make_picture(size=(90, 60)))
    url = page_of(partner).url
    client.get(url)

    with django_assert_num_queries(10):
        client.get(f"{url}?fresh=1")
