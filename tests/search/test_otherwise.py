"""What is offered where a search finds nothing."""

from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import actions
from search.actions import Answer
from search.enums import Access
from search.models import Entry
from search.registry import EntryDraft
from search.understanding import lexicon
from tests.factories import make_board, make_topic, make_user

ASKED = {"sqlite": 22, "postgresql": 58}  # there also settings of the planner, and savepoints for them


def hide(entry: Entry) -> None:
    """From now on it is found within its board alone."""
    draft = EntryDraft("ru", entry.title, entry.url, entry.published, access=Access.WITHIN, within="board-1")
    actions.write([Answer(entry.kind, entry.key, draft)])


def searches(response) -> list[tuple[str, int]]:
    return [(search.label, search.count) for search in response.context["searches"]]


def test_phrases_are_offered_without_their_marks_and_exclusions_are_lifted(city, client, add):
    add("Курс шитья")
    add("Шитьё: второй курс")

    phrases = client.get("/ru/search/", {"q": '"курс шитья" "второй курс"'})
    excluded = client.get("/ru/search/", {"q": "шитьё -курс"})

    assert searches(phrases) == [("курс шитья второй курс", 2)]
    assert phrases.context["searches"][0].url == f"/ru/search/?{urlencode({'q': 'курс шитья второй курс'})}"
    assert searches(excluded) == [("шитьё", 2)]


def test_words_in_far_other_letters_are_offered_and_only_public_ones(city, client, add):
    add("Керамика")
    hidden = add("Карандаш")
    lexicon.learn_new()
    hide(hidden)

    response = client.get("/ru/search/", {"q": "коромика"})
    closed = client.get("/ru/search/", {"q": "коронадаш"})

    assert searches(response) == [("керамика", 1)]
    assert searches(closed) == []


def test_what_was_searched_exactly_is_offered_with_guesses(city, client, add):
    add("Керамика")
    lexicon.learn_new()

    response = client.get("/ru/search/", {"q": "кирамика", "exact": "1"})

    assert searches(response) == [("кирамика", 1), ("керамика", 1)]
    assert response.context["searches"][0].url == f"/ru/search/?{urlencode({'q': 'кирамика'})}"


def test_conditions_are_lifted_one_by_one(city, client, add):
    make_topic("crafts", "Ремёсла")
    add("Шитьё утром", district="left")
    add("Шитьё днём", district="left")
    add("Шитьё вечером", topics=("crafts",))

    response = client.get("/ru/search/", {"q": "шитьё", "district": "left", "topic": "crafts", "when": "today"})

    assert searches(response) == [("без условия: Ремёсла", 2), ("без условия: left", 1)]
    assert response.context["searches"][0].url == (
        f"/ru/search/?{urlencode({'q': 'шитьё', 'district': 'left', 'when': 'today'})}"
    )


def test_the_only_condition_is_lifted_by_the_button_alone(city, client, add):
    add("Шитьё", district="left")

    assert searches(client.get("/ru/search/", {"q": "шитьё", "district": "moon"})) == []


def test_who_works_on_the_topic_is_named(city, client, add):
    make_topic("music", "Музыка и танец")
    for number in range(5):
        add(f"Студия {number}", kind="partner", topics=("music",))
    hide(add("Тайная студия", kind="partner", topics=("music",)))
    add("Новость", topics=("music",))

    chosen = client.get("/ru/search/", {"q": "флейта", "topic": "music"})
    named = client.get("/ru/search/", {"q": "танец -студия -новость"})
    other = client.get("/ru/search/", {"q": "флейта"})

    for response in (chosen, named):
        assert [item.title for item in response.context["partners"]] == ["Студия 4", "Студия 3", "Студия 2"]
        assert response.context["partners_total"] == 5
        assert response.context["partners_url"] == "/ru/search/?kind=partner&topic=music"
        assert "Студия 4" in response.content.decode()
    assert other.context["partners"] == []


def test_somebody_may_say_what_they_miss_and_has_nothing_to_type_again(city, client, add):
    make_board("Вопросы", slug="questions")
    make_board("Идеи", slug="ideas")
    client.force_login(make_user())

    step = client.get("/ru/search/", {"q": "флейта для взрослых"}).context["steps"][0]
    boards = client.get(step.url).content.decode()
    form = client.get(f"/ru/forum/questions/new/?{urlencode({'title': 'Флейта для взрослых'})}").content.decode()

    assert step.url == f"/ru/forum/new/?{urlencode({'title': 'Флейта для взрослых'})}"
    assert f'href="/ru/forum/questions/new/?{urlencode({"title": "Флейта для взрослых"})}"' in boards
    assert 'value="Флейта для взрослых"' in form


def test_a_suggested_title_is_words_alone(city, client):
    make_board("Вопросы", slug="questions")
    client.force_login(make_user())

    html = client.get(f"/ru/forum/questions/new/?{urlencode({'title': '<b>  ' + 'я' * 300})}").content.decode()

    assert f'value="&lt;b&gt; {"я" * 155}"' in html


def test_a_word_that_nobody_says_is_named_beside_what_was_found_for_the_rest(city, client, add):
    add("Начинаем лепить")
    hide(add("Фагот"))
    lexicon.learn_new()

    html = client.get("/ru/search/", {"q": "<Фагот> для начинающих лепить"}).content.decode()
    whole = client.get("/ru/search/", {"q": "начинающим лепить"}).content.decode()

    assert "Слова «Фагот» в сети пока нет" in html
    assert (
        f'<a href="/ru/forum/new/?{urlencode({"title": "<Фагот> для начинающих лепить"})}">Спросить город</a>' in html
    )
    assert "в сети пока нет" not in whole


def test_without_words_nobody_is_asked_what_they_miss(city, client, add):
    add("Шитьё")

    assert client.get("/ru/search/", {"district": "moon"}).context["steps"] == []


def test_ways_on_are_asked_for_as_often_whatever_there_is(city, client, add):
    make_topic("music", "Музыка")
    client.cookies["sessionid"] = "none"

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/ru/search/", {"q": '"флейта утром" "труба вечером" -альт', "topic": "music"})
        return len(asked)

    add("Студия", kind="partner", topics=("music",))
    for _ in range(3):  # what fewer say is doubted
        add("Флейта утром")
        add("Труба вечером")
    lexicon.learn_new()
    queries()
    one = queries()
    for number in range(30):
        add(f"Студия {number}", kind="partner", topics=("music",))

    assert (one, queries()) == (ASKED[connection.vendor],) * 2
