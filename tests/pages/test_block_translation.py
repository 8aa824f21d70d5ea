"""Whatever an editor puts into a text can be translated beside the original."""

import pytest
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from pages.models import StandardPage
from tests.factories import make_city, make_picture

pytestmark = pytest.mark.django_db


def test_every_word_of_every_block_reaches_the_translator():
    home = make_city()
    picture = make_picture()
    body = [
        ("text", "<p>абзац</p>"),
        ("heading", {"text": "подзаголовок", "level": "h2"}),
        ("quote", {"text": "цитата", "author": "автор"}),
        ("callout", {"tone": "warn", "title": "внимание", "text": "<p>место</p>"}),
        ("accordion", {"questions": [{"title": "вопрос", "text": "<p>ответ</p>"}]}),
        ("table", {"caption": "расписание", "rows": "День | Час\nПн | 10"}),
        ("image", {"picture": picture, "alt": "верстак", "caption": "подпись", "credit": "фотограф"}),
        ("gallery", {"title": "галерея", "photos": [{"picture": picture, "alt": "глина"}] * 2}),
        ("video", {"url": "https://youtu.be/dQw4w9WgXcQ", "title": "фильм"}),
        ("people", {"people": [{"name": "Никита", "role": "механик"}]}),
        ("contacts", {"title": "контакты", "address": "адрес", "hours": "часы", "directions": "дорога"}),
    ]
    page = home.add_child(instance=StandardPage(title="Страница", slug="all", body=body))

    segments = extract_segments(StandardPage.objects.get(pk=page.pk))

    found = {segment.string.get_translatable_html() for segment in segments if isinstance(segment, StringSegmentValue)}
    wanted = {"абзац", "подзаголовок", "цитата", "автор", "внимание", "место", "вопрос", "ответ", "расписание"}
    wanted |= {"верстак", "подпись", "фотограф", "галерея", "глина", "фильм", "Никита", "механик"}
    wanted |= {"контакты", "адрес", "часы", "дорога"}
    assert wanted <= found
    assert any(text.startswith("День | Час") for text in found)
