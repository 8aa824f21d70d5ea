"""What cannot be taken is said at its field, in clear words, and nothing typed is lost."""

import re
from html import unescape

import pytest

from forum.models import Topic
from tests.factories import make_board

pytestmark = pytest.mark.django_db
TALK, IDEA, ME = "/ru/forum/crafts/new/", "/ru/forum/ideas/propose/", "/ru/me/"
FORMS = {
    TALK: {"kind": "question", "title": "Где чинить?", "text": "Скрипит", "tags": "вело"},
    IDEA: {"title": "Открыть зал", "problem": "Негде", "proposal": "Открыть", "benefits": "Всем", "tags": "вечер"},
    ME: {"language": "ru", "display_name": "Анна", "bio": "Хожу пешком"},
}
FIELDS = {
    (TALK, "title"): 160,
    (TALK, "text"): 20_000,
    (TALK, "tags"): 300,
    (IDEA, "title"): 160,
    (IDEA, "problem"): 4_000,
    (IDEA, "proposal"): 10_000,
    (IDEA, "benefits"): 2_000,
    (IDEA, "tags"): 300,
    (ME, "display_name"): 80,
    (ME, "bio"): 500,
}
MEGABYTE = "я" * 500_000  # as it is sent
MENTIONS = "@Марина " * 10_000
QUOTES = "> " * 50 + "слово"
ZALGO = "з" + "\u0300\u0316\u0323" * 10
REFUSED = {
    ZALGO: "Над буквами слишком много значков. Напишите их просто.",
    "тихо\u202eшум": "В тексте есть невидимые знаки, которые разворачивают строку. Уберите их.",
    "ноль\0": "В тексте есть невидимый знак, которого там быть не должно. Наберите текст заново.",
}


@pytest.fixture
def writer(client, member, city):
    make_board(slug="crafts")
    make_board(slug="ideas", kinds=["proposal"])
    client.force_login(member)
    return client


@pytest.mark.parametrize(("text", "error"), REFUSED.items(), ids=["zalgo", "turning", "null byte"])
@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_signs_that_break_a_page_are_named_at_their_field(writer, path, name, text, error):
    html = writer.post(path, FORMS[path] | {name: text}).content.decode()

    assert error_at(html, name) == error
    assert not Topic.objects.exists()


@pytest.mark.parametrize("text", [MEGABYTE, MENTIONS], ids=["a megabyte", "ten thousand mentions"])
@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_too_long_a_text_is_told_how_long_it_may_be(writer, path, name, text):
    html = writer.post(path, FORMS[path] | {name: text}).content.decode()

    now, most = len(text.strip()), FIELDS[path, name]
    assert error_at(html, name) in {
        f"Можно не больше {most} знаков, а сейчас {now}.",
        f"Слишком длинно, знаков: {now}. В одно сообщение помещается не больше {most}.",
        f"Слишком длинно: знаков {now}, а помещается {most}.",
    }
    assert not Topic.objects.exists()


@pytest.mark.parametrize(("path", "name"), [key for key, most in FIELDS.items() if most > 1_000])
def test_fifty_quotations_inside_each_other_are_refused(writer, path, name):
    html = writer.post(path, FORMS[path] | {name: QUOTES}).content.decode()

    assert error_at(html, name) == "Слишком много цитат одна в другой. Оставьте одну-две последние."


@pytest.mark.parametrize(
    ("path", "name", "error"),
    [
        (TALK, "title", "Дайте теме название."),
        (TALK, "text", "Этого никто не увидит: в тексте одни знаки разметки."),
        (IDEA, "problem", "Этого никто не увидит: в тексте одни знаки разметки."),
        (ME, "display_name", "Такого имени никто не увидит: в нём одни невидимые знаки."),
    ],
)
def test_words_that_nobody_sees_are_refused(writer, path, name, error):
    html = writer.post(path, FORMS[path] | {name: "\u200b\u2060"}).content.decode()

    assert error_at(html, name) == error


@pytest.mark.parametrize(("text", "error"), REFUSED.items(), ids=["zalgo", "turning", "null byte"])
def test_name_is_looked_at_when_one_signs_up(client, city, text, error):
    html = client.post("/ru/accounts/signup/", {"email": "a@example.org", "display_name": text}).content.decode()

    assert error_at(html, "display_name") == error


def test_what_was_typed_is_still_there(writer):
    html = writer.post(TALK, FORMS[TALK] | {"title": ZALGO, "text": "Скрипит, и <b>сильно</b>"}).content.decode()

    assert "Скрипит, и &lt;b&gt;сильно&lt;/b&gt;</textarea>" in html
    assert f'value="{ZALGO}"' in html


def error_at(html: str, name: str) -> str:
    """Of the field whose description, for those who hear the page, it is."""
    (field,) = re.findall(rf'<(?:input|textarea)\b[^>]*\bname="{name}"[^>]*>', html)
    described = re.search(r'aria-describedby="([^"]*)"', field)
    error = re.search(rf'id="(id_{name}_error)">.*?<span>(.*?)</span>', html, re.DOTALL)
    assert described
    assert error
    assert error[1] in described[1].split()
    assert 'aria-invalid="true"' in field
    return unescape(error[2]).replace("\xa0", " ")
