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
SIGNS = "Можно не больше {most} знаков, а сейчас {now}."
FITS = "Слишком длинно: знаков {now}, а помещается {most}."
FIELDS = {
    (TALK, "title"): (160, SIGNS),
    (TALK, "text"): (20_000, "Слишком длинно, знаков: {now}. В одно сообщение помещается не больше {most}."),
    (TALK, "tags"): (300, SIGNS),
    (IDEA, "title"): (160, SIGNS),
    (IDEA, "problem"): (4_000, FITS),
    (IDEA, "proposal"): (10_000, FITS),
    (IDEA, "benefits"): (2_000, FITS),
    (IDEA, "tags"): (300, SIGNS),
    (ME, "display_name"): (80, SIGNS),
    (ME, "bio"): (500, SIGNS),
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
def test_signs_that_break_a_page_are_named_at_their_field(writer, text, error):
    found = {field: error_at(sent(writer, *field, text), field[1]) for field in FIELDS}

    assert found == dict.fromkeys(FIELDS, error)
    assert not Topic.objects.exists()


@pytest.mark.parametrize("text", [MEGABYTE, MENTIONS], ids=["a megabyte", "ten thousand mentions"])
def test_too_long_a_text_is_told_how_long_it_may_be(writer, text):
    now = len(text.strip())

    found = {field: error_at(sent(writer, *field, text), field[1]) for field in FIELDS}

    assert found == {field: words.format(now=now, most=most) for field, (most, words) in FIELDS.items()}
    assert not Topic.objects.exists()


def test_fifty_quotations_inside_each_other_are_refused(writer):
    texts = [field for field, (most, _words) in FIELDS.items() if most > 1_000]

    found = {field: error_at(sent(writer, *field, QUOTES), field[1]) for field in texts}

    assert found == dict.fromkeys(texts, "Слишком много цитат одна в другой. Оставьте одну-две последние.")


def test_words_that_nobody_sees_are_refused(writer):
    nothing = "Этого никто не увидит: в тексте одни знаки разметки."
    errors = {
        (TALK, "title"): "Дайте теме название.",
        (TALK, "text"): nothing,
        (IDEA, "problem"): nothing,
        (ME, "display_name"): "Такого имени никто не увидит: в нём одни невидимые знаки.",
    }

    found = {field: error_at(sent(writer, *field, "\u200b\u2060"), field[1]) for field in errors}

    assert found == errors


def test_name_is_looked_at_when_one_signs_up(client, city):
    answers = [client.post("/ru/accounts/signup/", {"email": "a@example.org", "display_name": one}) for one in REFUSED]

    assert [error_at(answer.content.decode(), "display_name") for answer in answers] == list(REFUSED.values())


def test_what_was_typed_is_still_there(writer):
    html = writer.post(TALK, FORMS[TALK] | {"title": ZALGO, "text": "Скрипит, и <b>сильно</b>"}).content.decode()

    assert "Скрипит, и &lt;b&gt;сильно&lt;/b&gt;</textarea>" in html
    assert f'value="{ZALGO}"' in html


def sent(client, path: str, name: str, text: str) -> str:
    """What comes back when one field of a filled-in form holds this."""
    return client.post(path, FORMS[path] | {name: text}).content.decode()


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
