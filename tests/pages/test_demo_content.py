"""The demo city's texts: whole, coherent, and nobody's real address among them."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pages.demo import dates, markup, pictures
from pages.demo.reading import LANGUAGES, content
from partners.enums import Access, Kind, Role, Trust
from partners.opening_hours import parse_day

VOCABULARY, PARTNERS, NEWS = content("vocabulary"), content("partners")["partner"], content("news")["news"]
PAGES, USERS = content("pages"), content("users")["user"]
SLUGS = {kind: [word["slug"] for word in VOCABULARY[kind]] for kind in ("district", "topic", "audience", "category")}
PARTNER_SLUGS = [partner["slug"] for partner in PARTNERS]
PAGE_SLUGS = [page["slug"] for page in PAGES["page"]]
TEXTS = [
    (f"{thing['slug']}.{language}", language, thing[language])
    for thing in (*PARTNERS, *NEWS, *content("news")["draft"], *PAGES["page"])
    for language in LANGUAGES
    if language in thing
]


def words_in(text: str) -> int:
    return len(re.findall(r"[\w’'-]+", text))


def is_tax_number(number: str) -> bool:
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    check = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11 % 10
    return len(number) == 10 and int(number[9]) == check


def test_the_city_has_its_size():
    assert [len(SLUGS[kind]) for kind in ("district", "topic", "audience", "category")] == [6, 16, 8, 6]
    assert len(PARTNERS) == 24
    assert {partner["kind"] for partner in PARTNERS} == set(Kind.values)
    assert {partner["district"] for partner in PARTNERS} == set(SLUGS["district"])
    assert {partner["trust"] for partner in PARTNERS} == set(Trust.values)
    assert len(NEWS) == 60
    assert sum("partner" in item for item in NEWS) == 46
    assert {word for item in NEWS for word in item["categories"]} == set(SLUGS["category"])


def test_a_third_is_translated():
    assert Counter(language for item in NEWS for language in LANGUAGES if language in item) == {
        "ru": 60,
        "en": 20,
        "be": 12,
    }
    assert Counter(language for partner in PARTNERS for language in LANGUAGES if language in partner) == {
        "ru": 24,
        "en": 9,
        "be": 6,
    }


@pytest.mark.parametrize("slugs", [*SLUGS.values(), PARTNER_SLUGS, PAGE_SLUGS, [item["slug"] for item in NEWS]])
def test_slugs_are_unique(slugs):
    assert [slug for slug, times in Counter(slugs).items() if times > 1] == []
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9-]{3,60}", slug)] == []


@pytest.mark.parametrize("partner", PARTNERS, ids=PARTNER_SLUGS)
def test_partner_is_whole(partner):
    private = partner["private"]

    assert set(partner["topics"]) <= set(SLUGS["topic"])
    assert set(partner["audiences"]) <= set(SLUGS["audience"])
    assert set(partner["access"]) <= set(Access.values)
    assert is_tax_number(private["tax_number"])
    assert private["tax_number"].startswith("00")
    assert all(phone.startswith("+7 (3952) 00-0") for phone in (*partner["phones"], private["contact_phone"]))
    assert all(mail.endswith(".example") for mail in (partner["email"], private["contact_email"]))
    assert re.fullmatch(r"https://[\w.-]+\.example/", partner["website"])
    assert all(re.match(r"https://\w+\.example/", address) for address in partner["networks"].values())
    assert 52.2 < partner["lat"] < 52.36
    assert 104.15 < partner["lon"] < 104.4
    assert partner["member_since"] < date(2025, 11, 1)
    assert partner.get("picture", "tea") in pictures.THEMES
    assert all(partner[language]["address"] for language in ("en", "be") if language in partner)


@pytest.mark.parametrize("partner", PARTNERS, ids=PARTNER_SLUGS)
def test_opening_hours_are_understood(partner):
    for day, intervals in partner["hours"].items():
        written = [intervals] if isinstance(intervals, str) else intervals

        assert day in dates.DAYS
        assert [interval.split("-") for interval in written] == parse_day(", ".join(written))


@pytest.mark.parametrize("item", NEWS, ids=[item["slug"] for item in NEWS])
def test_news_item_is_whole(item):
    trust = {partner["slug"]: partner["trust"] for partner in PARTNERS}

    assert item.get("partner", PARTNER_SLUGS[0]) in PARTNER_SLUGS
    assert set(item["categories"]) <= set(SLUGS["category"])
    assert ("day" in item) != ("days_ago" in item)
    assert item.get("picture", "tea") in pictures.THEMES
    assert item["tags"]
    assert item["author"]
    assert set(item.get("related", [])) <= {other["slug"] for other in NEWS}
    if item.get("city", "city") != "city":
        assert trust[item["partner"]] == "new"
    for language in ("en", "be"):
        if language in item and "partner" in item:
            assert language in next(partner for partner in PARTNERS if partner["slug"] == item["partner"])


@pytest.mark.parametrize(("language", "text"), [(lang, text) for _id, lang, text in TEXTS], ids=[t[0] for t in TEXTS])
def test_texts_read_well(language, text):
    filled = {key: dates.fill(value, date(2026, 3, 2), language) for key, value in text.items()}
    body = filled["body"]

    assert not re.search(r"[{}\0]|\*\*\*| {2}|\.\.\.|<|'", " ".join(filled.values()))
    assert not re.search(r'"', " ".join(filled.values()))
    assert len(filled.get("title", filled.get("name", ""))) <= 100
    assert len(filled.get("lead", "")) <= 300
    assert len(filled.get("tagline", "")) <= 160
    assert {part.kind for part in markup.parts(body, lambda slug: PAGE_SLUGS.index(slug) + 1)} <= {
        "text",
        "heading",
        "quote",
        "callout",
        "questions",
    }
    strangers = {"ru": "[іўІЎ]", "en": "[іўІЎ]", "be": "[иИщЩъ]"}[language]
    assert not re.search(strangers, re.sub("Купалінка|навіны", "", " ".join(filled.values())))


@pytest.mark.parametrize("item", NEWS, ids=[item["slug"] for item in NEWS])
def test_news_has_a_readable_length(item):
    lengths = {language: words_in(item[language]["body"]) for language in LANGUAGES if language in item}

    assert {language: length for language, length in lengths.items() if not 110 <= length <= 260} == {}


def test_menus_and_links_lead_somewhere():
    targets = {"forum", "news", "partners", "search", *PAGE_SLUGS}
    links = [*PAGES["menu"], PAGES["menu_call"]]
    links += [link for column in PAGES["footer"] for link in column["links"]]

    assert {link["to"] for link in links} <= targets
    assert all(link[language] for link in links for language in LANGUAGES)
    assert all(link[language] for link in PAGES["home"]["quick_links"] for language in LANGUAGES)
    assert {slot["partner"] for slot in PAGES["home"]["slot"]} <= set(PARTNER_SLUGS)
    assert {slot["day"] for slot in PAGES["home"]["slot"]} == set(dates.DAYS)


def test_there_is_a_user_for_each_role():
    assert {user["role"] for user in USERS} == {
        "administrator",
        "coordinator",
        "media",
        "moderator",
        "partner",
        "citizen",
    }
    teams = [(slug, role) for user in USERS for slug, role in user.get("teams", {}).items()]
    assert {slug for slug, _role in teams} <= set(PARTNER_SLUGS)
    assert {role for _slug, role in teams} == set(Role.values)
    assert any(len(user.get("teams", {})) == 2 for user in USERS)
    assert all(user["email"].endswith("@demo.example") for user in USERS)


NOW = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Irkutsk"))


@pytest.mark.parametrize(
    ("item", "moment"),
    [
        ({"days_ago": 3.4}, "2026-02-27 13:00"),
        ({"days_ago": 0.9}, "2026-03-02 05:00"),
        ({"day": "03-01"}, "2026-03-01 13:00"),
        ({"day": "03-03"}, "2025-03-03 15:00"),
    ],
)
def test_moment_of_an_item_is_always_past(item, moment):
    found = dates.moment_of(item, NOW)

    assert found.strftime("%Y-%m-%d %H:%M") == moment


def test_news_comes_from_the_last_four_hundred_days():
    moments = [dates.moment_of(item, NOW) for item in NEWS]

    assert max(moments) < NOW
    assert min(moments) > NOW - timedelta(days=400)
    assert sum(moment > NOW - timedelta(days=30) for moment in moments) >= 20


@pytest.mark.parametrize(
    ("text", "language", "filled"),
    [
        ("в субботу, {sat}", "ru", "в субботу, 7\xa0марта"),
        ("{mon}, {mon+1}", "en", "9\xa0March, 16\xa0March"),
        ("{+30}, {-2}", "be", "1\xa0красавіка, 28\xa0лютага"),
        ("в {year-2} году", "ru", "в 2024 году"),
    ],
)
def test_dates_in_texts_count_from_the_day(text, language, filled):
    assert dates.fill(text, date(2026, 3, 2), language) == filled


def test_markup_becomes_parts():
    body = """
Один **жирный** & [сеть](page:about)
и вторая строка.

- раз;
- два.

## Дальше

> Слова | Кто-то

!callout Звоните: +7 (3952) 00-00-00 или hello@a.example

? Можно?
Да.

? Точно?
Точно.
"""

    found = markup.parts(body, {"about": 7}.__getitem__)

    assert found == [
        markup.Part(
            "text",
            '<p>Один <b>жирный</b> &amp; <a linktype="page" id="7">сеть</a> и вторая строка.</p>'
            "<ul><li>раз;</li><li>два.</li></ul>",
        ),
        markup.Part("heading", "Дальше"),
        markup.Part("quote", "Слова", "Кто-то"),
        markup.Part(
            "callout",
            '<p>Звоните: <a href="tel:+73952000000">+7 (3952) 00-00-00</a> или '
            '<a href="mailto:hello@a.example">hello@a.example</a></p>',
        ),
        markup.Part("questions", questions=(("Можно?", "<p>Да.</p>"), ("Точно?", "<p>Точно.</p>"))),
    ]
