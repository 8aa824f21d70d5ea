import pytest
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from common.templatetags.words import typograph as typograph_filter
from common.typograph import TAG, typograph, typograph_html

SIGNS = "абвяёіўXyz 0123456789\u00a0\"'«»„“”‘’-–—.,()№§%₽\n"
TEXTS = st.text(alphabet=SIGNS, max_size=60)
PIECES = st.lists(
    st.one_of(
        TEXTS, st.sampled_from(["<b>", "</b>", '<a href="/x" title=\'и "я"\'>', "</a>", "<br>", "&quot;", "&amp;"])
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("language", "written", "set_"),
    [
        ("ru", "Курс в библиотеке и у нас", "Курс в\u00a0библиотеке и\u00a0у\u00a0нас"),
        ("ru", "Лисиха - это район", "Лисиха\u00a0— это район"),
        ("ru", 'Мастерская "Верстак"', "Мастерская «Верстак»"),
        ("ru", 'Книга "Музей "Связь" и люди"', "Книга «Музей „Связь“ и\u00a0люди»"),
        ("ru", "Подъезд № 3, дом №5", "Подъезд №\u00a03, дом №\u00a05"),
        ("ru", "6 марта, 300 ₽, 150 %, 12 лет", "6\u00a0марта, 300\u00a0₽, 150\u00a0%, 12\u00a0лет"),
        ("ru", "11 640 человек", "11\u00a0640 человек"),
        ("ru", 'монитор 24"', 'монитор 24"'),
        ("be", 'Сям\'я і "Дом суседзяў"', "Сям’я і\u00a0«Дом суседзяў»"),
        ("en", 'The "Workbench" isn\'t a shop', "The “Workbench” isn’t a\u00a0shop"),
        ("en", '"don\'t say "never" here"', "“don’t say ‘never’ here”"),
    ],
)
def test_sets_what_people_type(language, written, set_):
    assert typograph(written, language) == set_


@given(TEXTS, st.sampled_from(["ru", "be", "en"]))
def test_twice_is_the_same_as_once(text, language):
    once = typograph(text, language)

    assert typograph(once, language) == once


@given(PIECES, st.sampled_from(["ru", "be", "en"]))
def test_html_twice_is_the_same_as_once_and_tags_stay(html, language):
    once = typograph_html(html, language)

    assert typograph_html(once, language) == once
    assert TAG.findall(once) == TAG.findall(html)


@given(TEXTS)
def test_letters_and_digits_stay(text):
    assert [sign for sign in typograph(text) if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


def test_quotation_marks_reach_over_tags():
    html = 'Кружок &quot;<a href="/x/" title="a - b">Верстак</a>&quot; - в центре'

    assert typograph_html(html) == 'Кружок «<a href="/x/" title="a - b">Верстак</a>»\u00a0— в\u00a0центре'


def test_code_is_left_alone():
    assert typograph_html('<code>a - "b"</code> - "б"') == '<code>a - "b"</code>\u00a0— «б»'


def test_filter_escapes_what_is_not_safe():
    plain = typograph_filter('<b>в "доме"</b>', "ru")
    safe = typograph_filter(mark_safe('<b>в "доме"</b>'), "ru")

    assert not isinstance(plain, SafeString)
    assert isinstance(safe, SafeString)
    assert safe == "<b>в\u00a0«доме»</b>"
