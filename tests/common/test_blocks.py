import re

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from common.blocks import BodyBlocks
from common.blocks.text import CalloutBlock, HeadingBlock
from tests.factories import make_picture, make_user

BLOCKS = BodyBlocks().child_blocks


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def render(name: str, value: object) -> str:
    block = BLOCKS[name]
    """What readers get, with every kind of space made a plain one."""
    return " ".join(block.render(block.normalize(value)).split())


def preview(block) -> str:
    value = block.get_preview_value()
    context = {"bound_block": block.bind(value), "block_def": block, "page_title": "Preview"}
    return render_to_string("wagtailcore/shared/block_preview.html", block.get_preview_context(value, context))


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_tells_what_it_is_and_shows_itself(name):
    block = BLOCKS[name]

    html = preview(block)

    assert block.is_previewable
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    main = html[html.index("<main") :]
    assert len(re.sub(r"<[^>]*>|\s", "", main)) > 10, main


def test_preview_opens_in_the_editor(client, locales):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    block = BLOCKS["callout"]

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert '<div class="notice notice--warn">' in response.content.decode()
    assert "css/site.css" in response.content.decode()


def test_heading_has_an_anchor_in_its_own_script():
    html = render("heading", {"text": "Что взять с собой", "level": "h3"})

    assert html == '<h3 id="что-взять-с-собой">Что взять с собой</h3>'


def test_text_is_typeset():
    with translation.override("ru"):
        html = render("text", '<p>В "доме" - свет</p>')

    assert html == "<p>В «доме» — свет</p>"


def test_table_rows_become_cards_on_phones():
    html = render("table", {"caption": "Часы", "rows": "День | Часы\nПн | 10:00\nВт\t12:00"})

    assert '<th scope="col">День</th>' in html
    assert '<th scope="row">Пн</th><td data-label="Часы">10:00</td>' in html
    assert '<th scope="row">Вт</th><td data-label="Часы">12:00</td>' in html


@pytest.mark.parametrize("rows", ["", "Одна строка | и всё", "А\nБ", "А | Б\n1 | 2 | 3", "|".join("АБВГДЕЖЗИ") + "\n1"])
def test_table_that_does_not_add_up_is_refused(rows):
    block = BLOCKS["table"]

    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize({"caption": "Часы", "rows": rows}))

    assert set(refused.value.block_errors) == {"rows"}


@pytest.mark.parametrize(
    "url",
    ["https://example.org/video/1", "https://youtube.com.evil.example/watch?v=aaaaaaaaaaa", "https://vk.com/wall-1_2"],
)
def test_video_of_another_host_is_refused_in_words(url):
    block = BLOCKS["video"]

    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize({"url": url, "title": "Фильм"}))

    assert "YouTube, Rutube, VK Video" in refused.value.block_errors["url"].message


def test_video_asks_nothing_of_its_host_before_it_is_pressed():
    html = render("video", {"url": "https://youtu.be/dQw4w9WgXcQ", "title": "Фильм"})

    assert 'href="https://youtu.be/dQw4w9WgXcQ" data-embed="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in html
    assert "<iframe" not in html
    assert not re.search(r'(?:src|srcset)="(?!/)', html)


def test_photo_is_responsive_and_names_its_author(db):
    html = render("image", {"picture": make_picture(), "alt": "Верстак", "caption": "Суббота", "credit": "Ольга Т."})

    assert '<source type="image/avif"' in html
    assert '<source type="image/webp"' in html
    assert 'alt="Верстак" width="1200" height="900" loading="lazy"' in html
    assert "Photo: Ольга Т." in html


def test_picture_that_was_deleted_leaves_no_hole():
    assert render("image", {"picture": None, "caption": "Суббота"}) == ""


def test_gallery_opens_each_picture_in_full(db):
    photos = [{"picture": make_picture(), "alt": f"№{number}", "caption": "", "credit": ""} for number in (1, 2)]

    html = render("gallery", {"title": "День", "photos": photos})

    assert html.count("<li>") == 2
    assert html.count(".max-1920x1440.format-webp") == 2


def test_markup_of_editors_is_escaped():
    html = render("quote", {"text": "<script>alert(1)</script>", "author": "<b>я</b>"})

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_phone_and_mail_can_be_pressed():
    html = render(
        "contacts", {"phone": "+7 (3952) 00-00-21", "email": "a@b.example", "website": "https://www.x.example/"}
    )

    assert '<a href="tel:+73952000021">' in html
    assert '<a href="mailto:a@b.example">' in html
    assert ">x.example</a>" in html


def test_what_is_chosen_of_the_looks_is_not_looked_for():
    heading, callout = HeadingBlock(), CalloutBlock()

    said = heading.get_searchable_content(heading.normalize({"text": "Что взять", "level": "h2"}))
    warned = callout.get_searchable_content(callout.normalize({"tone": "warn", "title": "", "text": "<p>Иначе</p>"}))

    assert said == ["Что взять"]
    assert [text for text in warned if text] == ["Иначе"]
