"""What is suggested for what is being typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum import actions as forum
from forum.actions import Draft
from search import actions, checks
from search.actions import Answer
from search.enums import Access, Kind
from search.models import Entry, Suggestion
from search.registry import EntryDraft
from search.suggestions import suggest
from search.understanding import lexicon
from tests.factories import make_board, make_district, make_news, make_reply, make_talk, make_topic, make_user
from tests.search.conftest import ago
from tests.search.test_doors import HIDDEN, SECRET
from tests.search.test_views import NAUGHTY

pytestmark = pytest.mark.django_db


def titles(text: str, language: str = "ru") -> list[str]:
    return [one.title for one in suggest(text, language) if one.kind in Kind.values]


def searches(text: str, language: str = "ru") -> list[str]:
    return [one.title for one in suggest(text, language) if one.kind == "search"]


def test_any_word_of_a_title_may_be_the_one_that_begins_so(add):
    add("Городская библиотека на Советской")
    add("Ремонт обуви")

    assert titles("гор") == titles("БИБЛ") == titles("сов") == ["Городская библиотека на Советской"]
    assert titles("иблио") == titles("на") == []


def test_words_before_the_last_are_whole_in_any_form_and_order(add):
    add("Городская библиотека на Советской улице")
    add("Котельная на Советской")

    assert titles("городская библ") == titles("библиотеки улиц") == ["Городская библиотека на Советской улице"]
    assert titles("советская городской библ") == ["Городская библиотека на Советской улице"]
    assert titles("кот сов") == titles("городск музей") == []


def test_spellings_of_a_word_begin_alike(add):
    add("Ёлка на сямʼю і café")

    for text in ("ел", "Ёл", "сям'", "сям’ю", "cafe", "елка на сямью"[:8]):
        assert titles(text) == ["Ёлка на сямʼю і café"], text


def test_beginning_of_a_title_comes_before_its_middle(add):
    add("Шахматы для всех", days_old=900)
    add("Играем в шахматы", kind=Kind.PARTNER)

    assert titles("шах") == ["Шахматы для всех", "Играем в шахматы"]


def test_partners_come_before_newer_news_and_newer_before_older(add):
    add("Школа ремёсел", kind=Kind.PARTNER, days_old=700)
    add("Школа открыта", days_old=30)
    add("Школа закрыта", days_old=3)
    add("Школа важная", days_old=200, boost=2)

    assert titles("школ") == ["Школа ремёсел", "Школа важная", "Школа закрыта", "Школа открыта"]


def test_translations_are_one_in_the_readers_language(add):
    add("Робот и человек", key="tests.thing:r", translation_key="robots")
    add("Робат і чалавек", key="tests.thing:b", translation_key="robots", language="be", is_original=False)

    assert titles("роб", "be") == ["Робат і чалавек"]
    assert titles("роб") == titles("роб", "en") == ["Робот и человек"]


def test_readers_language_comes_first(add):
    add("Музыка летам", language="be")
    add("Музыка летом", days_old=300)

    assert titles("муз") == ["Музыка летом", "Музыка летам"]


def test_one_title_of_many_things_is_suggested_once(add):
    add("Открытая лекция", days_old=2)
    newest = add("Открытая лекция")

    assert [one.url for one in suggest("откр", "ru") if one.kind == Kind.NEWS] == [newest.url]


def test_a_word_is_ended_as_most_titles_do(add):
    add("Прокат велосипедов")
    add("Ремонт велосипеда")
    add("Велосипед зимой")
    add("Велосити")
    lexicon.learn_new()

    assert searches("велос") == ["велосипед"]
    assert searches("прокат  велос") == ["прокат велосипед"]
    assert searches("велосипед") == []


def test_a_word_that_only_texts_say_is_ended(add):
    add("Вечер", body="Астрономия для всех. Астрономию любят.")
    lexicon.learn_new()

    assert [(one.kind, one.title) for one in suggest("астро", "ru")] == [("search", "астрономия")]


def test_a_word_that_nobody_says_any_more_is_not_ended(add):
    entry = add("Вечер", body="Астрономия для всех.")
    lexicon.learn_new()
    actions.remove_keys([entry.key])

    assert suggest("астро", "ru") == []


def test_topics_and_districts_lead_to_narrowed_searches(db):
    make_topic("weaving", "Ткачество и вязание")
    make_district("hill", "Горный")

    assert [(one.kind, one.title, one.url) for one in suggest("вяз", "ru")] == [
        ("subject", "Ткачество и вязание", "/ru/search/?topic=weaving")
    ]
    assert [(one.kind, one.title, one.url) for one in suggest("гор", "ru")] == [
        ("district", "Горный", "/ru/search/?district=hill")
    ]


def test_a_last_word_in_another_form_is_understood(add):
    add("Музей на колёсах")

    assert titles("музеи") == titles("музеями") == ["Музей на колёсах"]


def test_other_keyboard_is_understood(add):
    add("Библиотека «Роща»")
    add("Repair of shoes", language="en")

    assert titles(",b,kb") == ["Библиотека «Роща»"]
    assert titles("кузф") == ["Repair of shoes"]


def test_latin_spellings_are_understood(add):
    add("Библиотека для детей")
    lexicon.learn_new()

    assert titles("biblio") == titles("biblioteka dlia det") == ["Библиотека для детей"]


def test_a_wrong_letter_is_forgiven_after_the_first_four(add):
    add("Прокат велосипедов")
    lexicon.learn_new()

    assert titles("велосеп") == titles("велоспе") == ["Прокат велосипедов"]


def test_what_somebody_typed_right_is_not_read_otherwise(add):
    add("Велосити")
    add("Велосипед")
    lexicon.learn_new()

    assert titles("велоси") == ["Велосипед", "Велосити"]
    assert titles("велосит") == ["Велосити"]


# --- what is not for everybody ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_nothing_hidden_is_suggested(city, client, hide):
    hide()
    lexicon.learn_new()

    for text in ("ш", "шар", "шаровая", "шаровая мол", "молния", "ifhjdfz", "sharov", "sec", "шарава"):
        for door in ("/ru/search/suggest/", "/en/search/suggest/", "/api/v1/suggest"):
            said = client.get(door, {"q": text}).content.decode()
            assert SECRET.casefold() not in said.casefold(), (door, text)
            assert "secret" not in said, (door, text)
            assert "шаров" not in said.casefold(), (door, text)


def test_what_would_leak_is_suggested_while_it_is_public(city, client):
    make_news(SECRET)

    said = client.get("/ru/search/suggest/", {"q": "шар"}).json()

    assert SECRET in [one["title"] for one in said["items"]]


def test_what_becomes_private_is_suggested_no_more(add):
    entry = add("Шаровая молния")
    lexicon.learn_new()
    assert titles("шар") == ["Шаровая молния"]

    for access in (Access.MEMBERS, Access.WITHIN):
        said = EntryDraft("ru", "Шаровая молния", entry.url, entry.published, access=access, within="board-1")
        actions.write([Answer(entry.kind, entry.key, said)])

        assert suggest("шар", "ru") == suggest("шаровая мол", "ru") == []
        assert not Suggestion.objects.exists()


def test_what_the_table_still_knows_is_not_shown(add):
    """Should a row ever be left behind."""
    entry = add("Шаровая молния")
    Entry.objects.filter(pk=entry.pk).update(access=Access.MEMBERS)

    assert suggest("шар", "ru") == []


def test_what_has_expired_is_suggested_no_more(add):
    add("Шаровая молния", until=ago(1))

    assert suggest("шар", "ru") == []


# --- the table --------------------------------------------------------------------------------------------------------
def test_replies_are_not_suggested_and_cost_nothing(city):
    topic = make_talk(make_board(), title="Шаровая молния")
    before = sorted(Suggestion.objects.values_list("start", flat=True))

    with CaptureQueriesContext(connection) as asked:
        make_reply(topic, text="Видели все")

    assert before == ["молния ", "шаровая молния "]
    assert sorted(Suggestion.objects.values_list("start", flat=True)) == before
    assert [one["sql"] for one in asked if "search_suggestion" in one["sql"]] == []


def test_renamed_topic_is_suggested_by_its_new_title(city):
    topic = make_talk(make_board(), title="Шаровая молния")
    make_reply(topic)
    forum.edit(topic.posts.get(number=1), Draft("Видели все", title="Северное сияние"), by=make_user(is_superuser=True))

    assert titles("шар") == []
    assert titles("сия") == ["Северное сияние"]
    assert list(checks.differences()) == []


def test_topic_that_becomes_part_of_another_is_suggested_no_more(city):
    board, moderator = make_board(), make_user(is_superuser=True)
    source, target = make_talk(board, title="Шаровая молния"), make_talk(board, title="Северное сияние")
    forum.merge_topics(source, target, by=moderator)

    assert titles("шар") == []
    assert titles("сев") == ["Северное сияние"]
    assert list(checks.differences()) == []


def test_what_goes_takes_its_suggestions_along(add):
    entry = add("Шаровая молния")

    actions.remove_keys([entry.key])

    assert not Suggestion.objects.exists()


def test_rebuild_brings_suggestions_back_and_check_tells_of_them(city):
    make_news("Шаровая молния")
    Suggestion.objects.all()._raw_delete("default")

    wrong = list(checks.differences())
    list(actions.reindex_all())

    assert len(wrong) == Entry.objects.count()
    assert all(str(one).endswith("suggestions differ") for one in wrong)
    assert list(checks.differences()) == []


def test_check_tells_of_what_is_left_behind(add):
    entry = add("Шаровая молния")
    Entry.objects.filter(pk=entry.pk).update(access=Access.MEMBERS)

    assert f"suggestions of entry {entry.pk}, which is not public" in map(str, checks.differences())


# --- doors ------------------------------------------------------------------------------------------------------------
def test_page_gets_titles_with_kinds_and_a_count(client, add):
    add("Шаровая молния", url="/ru/news/ball/")
    add("Шарады", language="be", kind=Kind.TOPIC, url="/games/", days_old=5)
    add("Старые шарады", url="/old/", days_old=900)

    response = client.get("/ru/search/suggest/", {"q": "шар"})

    assert response["Cache-Control"] == "public, max-age=10"
    assert [(one["kind"], one["title"], one["css"], one["icon"]) for one in response.json()["items"]] == [
        ("Поиск", "шарады", "", "search"),
        ("Новость", "Шаровая молния", "k-news", "newspaper"),
        ("Обсуждение", "Шарады", "k-talk", "messages-square"),
        ("Новость", "Старые шарады", "k-news", "newspaper"),
    ]
    assert [one["url"] for one in response.json()["items"]] == [
        "/ru/search/?q=%D1%88%D0%B0%D1%80%D0%B0%D0%B4%D1%8B",
        "/ru/news/ball/",
        "/games/",
        "/old/",
    ]
    assert [one.get("language") for one in response.json()["items"]] == [None, None, "be", None]
    assert response.json()["count"] == "4 подсказки"


@pytest.mark.parametrize(
    ("text", "questions", "alone"), [("ш", 2, 1), ("шаров", 3, 2), ("шаровая м", 2, 1), ("ifhjd", 4, 2)]
)
def test_questions_do_not_grow(client, add, text, questions, alone):
    for number in range(30):
        add(f"Шаровая молния {number}")
        lexicon.learn_new()
        if number in {0, 29}:
            client.get("/ru/search/suggest/", {"q": text})

            with CaptureQueriesContext(connection) as asked:
                said = client.get("/ru/search/suggest/", {"q": text}).json()

            assert len(said["items"]) == (alone if number == 0 else 8)
            assert len(asked) == questions


@pytest.mark.parametrize("door", ["/ru/search/suggest/", "/api/v1/suggest"])
@pytest.mark.parametrize(
    "text", [*NAUGHTY, "", " ", "…,;:!?", "\x00\x01\x02", "ы" * 100_000, "ы " * 50_000, "%", "_", "\U0010ffff", "'"]
)
def test_naughty_text_gets_no_suggestion(client, add, door, text):
    add("Шаровая молния")

    response = client.get(door, {"q": text})

    assert response.status_code == 200
    assert response.json()["items"] == []
