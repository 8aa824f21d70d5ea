"""The interface speaks three languages, wholly."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def load_messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", ["ru", "en", "be"])
def test_every_marked_string_is_translated(language):
    messages = load_messages()

    assert [message.text for message in messages.missing(language)] == []


@pytest.mark.parametrize("language", ["ru", "en", "be"])
def test_catalogue_has_nothing_fuzzy_and_nothing_unused(language):
    messages = load_messages()
    wanted = {(message.text, message.context) for message in messages.extract()}

    entries = catalogue(language)

    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if (entry.msgid, entry.msgctxt or "") not in wanted] == []


@pytest.mark.parametrize("language", ["ru", "be"])
def test_translations_keep_their_placeholders(language):
    for entry in catalogue(language):
        asked = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert set(PLACEHOLDER.findall(text)) == asked, entry.msgid


@pytest.mark.parametrize("language", ["ru", "be"])
def test_translations_are_in_their_own_script(language):
    """Catches an English text that was copied instead of translated."""
    names = {"Telegram", "Atom", "RSS", "VK", "YouTube", "Rutube", "Google", "HTML", "PDF", "iCalendar"}
    latin = [
        entry.msgid
        for entry in catalogue(language)
        if entry.msgid not in names
        and re.search(r"[A-Za-z]{3,}", entry.msgid)
        and not re.search(r"[А-Яа-яЁёІіЎў]", entry.msgstr or "".join(entry.msgstr_plural.values()))
        and not re.fullmatch(r"[\W\d]*(?:%\(\w+\)[sd][\W\d]*)+", entry.msgid)
    ]

    assert latin == []


@pytest.mark.parametrize(("language", "foreign"), [("ru", "іІўЎ"), ("be", "иИщЩъЪ")])
def test_translations_have_no_letters_of_the_other_language(language, foreign):
    """Catches a Russian text in the Belarusian catalogue, and the other way round."""
    strays = [
        entry.msgid
        for entry in catalogue(language)
        if set(foreign) & set(entry.msgstr + "".join(entry.msgstr_plural.values()))
    ]

    assert strays == []


@pytest.mark.parametrize("language", ["ru", "be"])
def test_what_we_say_wins_over_what_packages_say(language):
    with translation.override(language):
        differing = [
            entry.msgid
            for entry in catalogue(language)
            if not entry.msgid_plural
            and entry.msgstr != (pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid))
        ]

    assert differing == []


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("ru", 1, "%(total)s организация"),
        ("ru", 21, "%(total)s организация"),
        ("ru", 3, "%(total)s организации"),
        ("ru", 12, "%(total)s организаций"),
        ("be", 1, "%(total)s арганізацыя"),
        ("be", 4, "%(total)s арганізацыі"),
        ("be", 11, "%(total)s арганізацый"),
        ("en", 1, "%(total)s organisation"),
        ("en", 21, "%(total)s organisations"),
    ],
)
def test_numbers_take_the_right_form(language, number, said):
    with translation.override(language):
        words = ngettext("%(total)s organisation", "%(total)s organisations", number)

    assert words == said


def test_one_text_has_one_plural():
    """gettext looks plurals up by the singular alone: another plural needs a context of its own."""
    messages = load_messages()
    texts = [(message.text, message.context) for message in messages.extract()]

    twice = {text for text in texts if texts.count(text) > 1}

    assert twice == set()


def test_extraction_finds_what_source_marks():
    messages = load_messages()
    source = """
from django.utils.translation import gettext as say
_("one")
say("also one")
gettext_lazy("two " "halves")
ngettext("%(n)s cat", "%(n)s cats", n)
pgettext("month", "May")
"""
    template = (
        '{% load i18n %}{% translate "three" %}'
        '{% blocktranslate count n=n %}a{% plural %}b{% endblocktranslate %}{{ _("four") }}'
    )

    found = [*messages.from_python(source), *messages.from_template(template, "x.html")]

    assert [(m.text, m.plural, m.context) for m in found] == [
        ("one", "", ""),
        ("also one", "", ""),
        ("two halves", "", ""),
        ("%(n)s cat", "%(n)s cats", ""),
        ("May", "", "month"),
        ("three", "", ""),
        ("a", "b", ""),
        ("four", "", ""),
    ]
