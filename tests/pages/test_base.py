"""The frame of every page, seen on the simplest page there is."""

import re

import pytest
from wagtail.models import Page

from common.reading import COOKIE


@pytest.fixture
def original(locales) -> Page:
    return Page.objects.get(depth=2)


def frame(client, original: Page, language: str = "en") -> str:
    response = client.get(f"/{language}/untranslated/{original.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_reading_choice_stands_on_the_root_element(client, original):
    client.cookies[COOKIE] = "size:150|contrast:bw|spacing:wide|images:off|theme:dark"

    html = frame(client, original)

    assert (
        '<html lang="en" data-size="150" data-contrast="bw" data-spacing="wide" data-images="off" data-theme="dark">'
        in html
    )


def test_plain_view_sets_nothing_but_the_size(client, original):
    html = frame(client, original)

    assert '<html lang="en" data-size="100">' in html
    assert f'<input type="hidden" name="next" value="/en/untranslated/{original.pk}/">' in html


def test_first_stop_of_the_keyboard_is_the_way_to_the_content(client, original):
    html = frame(client, original)

    first = re.search(r"<(?:a|button|input|summary)\b[^>]*>", html[html.index("<body") :])
    assert first is not None
    assert first.group() == '<a class="skip" href="#main">'
    assert html.count('<main id="main">') == 1


def test_language_switcher_on_a_view_keeps_the_address(client, original):
    html = frame(client, original)

    assert f'href="/be/untranslated/{original.pk}/" lang="be"' in html
    assert 'lang="en" hreflang="en" aria-current="true"' in html


def test_untranslated_page_offers_the_original(client, original):
    html = frame(client, original)

    assert f'<a class="btn" href="{original.get_url()}" hreflang="ru">' in html
    assert '<meta name="robots" content="noindex">' in html


def test_untranslated_leads_on_once_there_is_a_translation(client, original):
    response = client.get(f"/ru/untranslated/{original.pk}/")

    assert response.status_code == 302
    assert response["Location"] == original.get_url()


def test_untranslated_keeps_quiet_about_drafts(client, original):
    original.live = False
    original.save(update_fields=["live"])

    assert client.get(f"/en/untranslated/{original.pk}/").status_code == 404
