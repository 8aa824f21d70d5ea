"""A visitor finds, reads, switches and sees, with a real browser: by keyboard, in large letters, without scripts."""

import pytest
from playwright.sync_api import expect
from wagtail.models import Locale

from common.reading import Reading
from news.models import NewsCategory
from pages.models import StandardPage
from partners.models import PartnerPage
from tests.browser.conftest import LONG, OUTSIDE, read_with, walk
from tests.factories import fill_home, make_district, make_news, make_partner, make_picture, make_topic

pytestmark = pytest.mark.browser
BODY = [
    {"type": "heading", "value": {"text": "Что там есть", "level": "h2"}},
    {"type": "text", "value": f'<p>Верстаки и <a href="/ru/">станки</a>. {LONG}</p><ul><li>пила</li></ul>'},
    {"type": "quote", "value": {"text": "Ушли с табуреткой.", "author": "Из книги отзывов"}},
    {"type": "callout", "value": {"tone": "warn", "title": "", "text": "<p>Приходите раньше.</p>"}},
    {"type": "accordion", "value": {"questions": [{"title": "Платно?", "text": "<p>Нет.</p>"}]}},
]


@pytest.fixture
def paths(live_server, city) -> dict[str, str]:
    """A small city with something of every kind; the address of each kind of page."""
    fill_home(city)
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    library = make_partner(
        f"Библиотека «Роща» {LONG}",
        slug="grove",
        kind="library",
        description=BODY,
        district=make_district(),
        topics=[make_topic()],
        cover=make_picture(),
        address="ул. Сосновая, 5",
        latitude=52.2,
        longitude=104.3,
        phones=["+7 (3952) 00-00-22"],
        email="roscha@biblio.example",
        website="https://roscha.example/",
        networks=["https://vk.example/roscha"],
        access=["step_free", "lift"],
        opening_hours={day: [["10:00", "13:00"], ["14:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        opening_hours_note="Последний четверг — санитарный день.",
    )
    make_partner("Мастерская «Верстак»", slug="bench", kind="business", tagline="Дерево, металл и велосипеды")
    for number in range(9):
        make_news(f"Новость {number}", partner=library if number % 2 else None)
    item = make_news(
        "Открыли общую мастерскую велосипедов",
        lead=f"Прийти можно без записи. {LONG}",
        partner=library,
        cover=make_picture(size=(2000, 1500)),
        cover_alt="Верстак",
        body=BODY,
        categories=[category],
        source_name="Газета",
        source_url="https://paper.example/1",
    )
    text = StandardPage(title="О сети", slug="about", lead="Кто мы.", picture=make_picture(), body=BODY)
    city.add_child(instance=text)
    return {
        "home": "/ru/",
        "english home": "/en/",
        "feed": "/ru/news/",
        "empty feed": "/ru/news/?category=places&district=nowhere",
        "item": item.url,
        "directory": "/ru/partners/",
        "original in another language": "/en/partners/?district=oktyabrsky",
        "partner": PartnerPage.objects.get(partner=library).url,
        "text": text.url,
        "untranslated": f"/en/untranslated/{text.pk}/",
    }


@pytest.mark.parametrize("language", ["ru", "en"])
def test_partner_is_found_by_filters(page, paths, language):
    page.goto(f"/{language}/partners/")
    names = page.locator("main h3 a")
    expect(names).to_have_count(2)

    page.locator("select[name=district]").select_option("oktyabrsky")
    page.locator("select[name=kind]").select_option("library")
    page.locator("input[name=access]").check()
    page.locator(".filterbar button").click()

    expect(names).to_have_count(1)
    expect(names).to_contain_text("Библиотека «Роща»")
    expect(page.locator("select[name=kind]")).to_have_value("library")
    page.locator("main h3 a").click()
    expect(page.locator("h1")).to_contain_text("Роща")
    expect(page.locator("#contacts")).to_contain_text("ул. Сосновая, 5")


@pytest.mark.parametrize(("language", "words"), [("ru", "велосипед в мастерской"), ("en", "велосипеды")])
def test_news_is_found_by_search_and_read(page, paths, language, words):
    page.goto(f"/{language}/news/")

    page.locator("header input[name=q]").fill(words)
    page.keyboard.press("Enter")
    page.locator("main h3 a", has_text="мастерскую").first.click()

    expect(page.locator("h1")).to_have_text("Открыли общую мастерскую велосипедов")
    expect(page.locator("main img[alt='Верстак']")).to_be_visible()


def test_search_on_the_first_screen_leads_to_results(page, paths):
    page.goto("/ru/")

    page.locator("main input[name=q]").fill("велосипед")
    page.locator(".search--big > button").click()

    assert page.url.split("/ru/")[1].startswith("search/?q=")
    expect(page.locator("main h3 a", has_text="велосипедов")).to_be_visible()


def test_language_switch_leads_to_the_translation_or_says_there_is_none(page, paths, city):
    text = StandardPage.objects.get(slug="about")
    page.goto(text.url)
    page.locator(".langs a[hreflang=en]").click()
    expect(page.locator("h1")).to_have_text("This page isn't translated yet")
    page.locator("main a.btn").first.click()
    expect(page.locator("h1")).to_have_text("О сети")

    copy = text.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.title = "About the network"
    copy.save_revision().publish()
    page.reload()
    page.locator(".langs a[hreflang=en]").click()

    expect(page.locator("h1")).to_have_text("About the network")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_day_of_the_week_strip_leads_down_to_the_day(page, paths):
    page.goto("/ru/")

    page.locator(".week a").nth(2).click()

    target = page.url.split("#")[1]
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_reading_panel_is_first_by_keyboard_and_remembered(page, paths):
    page.goto("/en/news/")
    page.keyboard.press("Tab")  # to the content
    page.keyboard.press("Tab")
    expect(page.locator(".reader summary")).to_be_focused()
    page.keyboard.press("Enter")

    page.get_by_label("200").check()
    page.get_by_label("White on black").check()
    page.locator(".reader button.btn").first.click()

    root = page.locator("html")
    expect(root).to_have_attribute("data-size", "200")
    expect(root).to_have_attribute("data-contrast", "wb")
    assert page.url.endswith("/en/news/")
    page.goto(paths["partner"])
    expect(root).to_have_attribute("data-size", "200")


def test_everything_works_without_scripts(plain, paths):
    plain.goto("/ru/partners/")
    plain.locator("select[name=kind]").select_option("business")
    plain.locator(".filterbar button").click()
    names = plain.locator("main h3 a")
    expect(names).to_have_count(1)
    expect(names).to_contain_text("Мастерская «Верстак»")

    plain.goto("/ru/news/")
    plain.locator(".reader summary").click()
    plain.locator("input[name=contrast][value=bw]").check()
    plain.locator(".reader button.btn").first.click()
    expect(plain.locator("html")).to_have_attribute("data-contrast", "bw")

    plain.goto(paths["item"])
    expect(plain.locator("article .prose")).to_contain_text("Верстаки")
    plain.locator("details summary", has_text="Платно?").click()
    expect(plain.get_by_text("Нет.", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("width", "reading"),
    [
        *[(width, Reading()) for width in (1280, 390, 320)],
        (390, Reading(size="200")),
        (1280, Reading(size="200", spacing="wide")),
        (390, Reading(size="200", spacing="wide")),
    ],
)
def test_nothing_hangs_over_the_edge(page, live_server, paths, width, reading):
    page.set_viewport_size({"width": width, "height": 800})
    read_with(page.context, reading, live_server.url)
    over = {}

    for name, path in paths.items():
        page.goto(path)
        page.evaluate(
            "document.querySelectorAll('details').forEach(one => { if (!one.matches('.menu')) one.open = true })"
        )
        if outside := page.evaluate(OUTSIDE):
            over[name] = outside

    assert over == {}


@pytest.mark.parametrize(
    ("scheme", "contrast"), [("light", ""), ("dark", ""), ("light", "bw"), ("light", "wb"), ("light", "blue")]
)
def test_axe_finds_nothing_to_mend(page, live_server, paths, scheme, contrast):
    page.emulate_media(color_scheme=scheme)
    read_with(page.context, Reading(contrast=contrast), live_server.url)

    walk(page, paths.values())


def test_pages_shift_nothing_while_they_load(page, paths):
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => {"
        " if (!entry.hadRecentInput) window.shifts += entry.value })).observe({type: 'layout-shift', buffered: true})"
    )
    for path in (paths["home"], paths["feed"], paths["item"], paths["partner"]):
        page.goto(path, wait_until="networkidle")

        assert page.evaluate("window.shifts") < 0.02, path
