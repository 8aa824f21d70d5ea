"""What every engine answers alike. The normal run asks the database that the tests use; see tests/services too.

LC_SEARCH_ENGINE and LC_ELASTICSEARCH_URL run it on a cluster.
"""

from common.models import Topic
from search.enums import Access
from search.models import Entry
from tests.factories import make_topic
from tests.search.conftest import add_closed, ask, titles, within


def test_any_word_finds_and_more_words_rank_higher(add):
    add("Ремонт обуви")
    add("Велосипед зимой", body="Как ездить, когда скользко.")
    add("Ремонт велосипеда")
    add("Роспись по дереву")

    results = ask("ремонт велосипедов")

    assert titles(results)[0] == "Ремонт велосипеда"
    assert sorted(titles(results)[1:]) == ["Велосипед зимой", "Ремонт обуви"]
    assert results.total == 3


def test_forms_of_a_word_find_each_other(add):
    add("Обучение взрослых", language="ru")
    add("Бібліятэка каля дома", language="be")
    add("A course of drawing", language="en")

    assert titles(ask("обучения")) == ["Обучение взрослых"]
    assert titles(ask("у бібліятэцы")) == ["Бібліятэка каля дома"]
    assert titles(ask("drawing courses")) == ["A course of drawing"]


def test_spellings_of_a_word_find_each_other(add):
    add("Ёлка, сямʼя, йога, онлайн-курс и café")

    for text in ("елка", "ЁЛКА", "сям’я", "сям'я", "и\u0306ога", "онлайн курс", "онлайнкурс", "cafe", "йо\u0301га"):
        assert ask(text).total == 1, text


def test_a_joined_word_is_found_by_its_parts(add):
    add("Онлайнкурс по шитью")

    assert ask("онлайн-курс").total == 1


def test_title_and_labels_come_before_summary_and_body(add):
    make_topic("weaving", "Ткачество")
    add("Вечер в клубе", body="Будет ткачество и чай.")
    add("Встреча", summary="Ткачество для начинающих.")
    add("Открытая студия", topics=("weaving",))
    add("Ткачество на дощечках")

    assert titles(ask("ткачество")) == [
        "Ткачество на дощечках",
        "Открытая студия",
        "Встреча",
        "Вечер в клубе",
    ]


def test_partner_and_place_are_found_by_name(add):
    add("Дни открытых дверей", partner="verstak", partner_name="Мастерская «Верстак»")
    add("Экскурсия", place="ул. Пристанская, 8")
    add("Лекция")

    assert titles(ask("верстак")) == ["Дни открытых дверей"]
    assert titles(ask("пристанская")) == ["Экскурсия"]


def test_a_topic_is_found_by_its_name_in_the_entry_s_language(add, locales):
    topic = make_topic("weaving", "Ткачество")
    Topic.objects.create(slug="weaving", name="Weaving", locale=locales["en"], translation_key=topic.translation_key)
    add("Open studio", language="en", topics=("weaving",))

    assert ask("weaving").total == 1
    assert ask("ткачество").total == 0


def test_the_fresher_of_equals_comes_first(add):
    add("Лекция о звёздах", key="tests.thing:new", days_old=1)
    add("Лекция о звёздах", key="tests.thing:old", days_old=400)

    assert [hit.entry.key for hit in ask("звёзды").hits] == ["tests.thing:new", "tests.thing:old"]


def test_rare_words_weigh_more_than_common_ones(add):
    for number in range(6):
        add(f"Курс номер {number}")
    add("Гончарный круг")

    assert titles(ask("курс гончарного дела"))[0] == "Гончарный круг"


def test_choices_in_one_facet_are_either_or_and_facets_are_both(add):
    add("Шитьё у реки", district="left", partner="a")
    add("Шитьё на горе", district="right", partner="a")
    add("Шитьё в роще", district="grove", partner="b")

    assert ask("шитьё", district="left").total == 1
    results = ask("шитьё", partner="a", district="grove")
    assert (results.total, results.unfiltered, titles(results)) == (0, 3, [])


def test_kind_language_topic_and_audience_narrow(add):
    add("Шахматы", kind="partner", topics=("games",))
    add("Шахматы детям", kind="news", audiences=("children",))
    add("Шахматы, гульня", kind="page", language="be")

    assert titles(ask("шахматы", kind="partner")) == ["Шахматы"]
    assert titles(ask("шахматы", topic="games")) == ["Шахматы"]
    assert titles(ask("шахматы", audience="children")) == ["Шахматы детям"]
    assert titles(ask("шахматы", language="be")) == ["Шахматы, гульня"]
    assert titles(ask("шахматы", topic="nobody-knows")) == []


def test_a_facet_counts_as_if_nothing_were_chosen_in_it(add):
    add("Шитьё у реки", district="left", kind="news")
    add("Шитьё на горе", district="right", kind="news")
    add("Шитьё в роще", district="right", kind="page")

    facets = ask("шитьё", district="right", kind="news").facets

    assert facets["district"] == {"left": 1, "right": 1}
    assert facets["kind"] == {"news": 1, "page": 1}
    assert facets["language"] == {"ru": 1}


def test_translations_are_one_hit_in_the_reader_s_language(add):
    add("Музей часов", key="page:1", translation_key="clocks", language="ru")
    add("Clock museum музей", key="page:2", translation_key="clocks", language="en", is_original=False)
    add("Музей гадзіннікаў", key="page:3", translation_key="clocks", language="be", is_original=False)

    assert titles(ask("музей", reader="en")) == ["Clock museum музей"]
    assert titles(ask("музей", reader="be")) == ["Музей гадзіннікаў"]
    results = ask("музей", reader="ru")
    assert (titles(results), results.total, results.facets["kind"]) == (["Музей часов"], 1, {"news": 1})


def test_what_stands_in_one_narrow_place_is_one_hit(add):
    add("Ремонт лодки", within="forum board-1 topic-1", key="tests.thing:whole")
    add("Ремонт лодки", body="Лодку сушат, лодку красят", is_part=True, within="forum board-1 topic-1", boost=-0.5)
    add("Как красят лодки", within="forum board-1 topic-2")

    results = ask("ремонт лодки")

    assert (titles(results), results.total) == (["Ремонт лодки", "Как красят лодки"], 2)
    assert results.facets["kind"] == {"news": 2}
    assert len(within("лодка", "topic-1").hits) == 2


def test_what_the_reader_s_language_does_not_say_is_found_in_the_original(add):
    add("Музей часов", key="page:1", translation_key="clocks", language="ru")
    add("Clocks", key="page:2", translation_key="clocks", language="en", is_original=False)

    assert titles(ask("музей", reader="en")) == ["Музей часов"]


def test_a_rewritten_entry_is_found_by_its_new_words_only(add):
    add("Вечер вальса", key="page:1")
    add("Вечер танго", key="page:1")

    assert (ask("вальс").total, ask("танго").total) == (0, 1)
    assert Entry.objects.count() == 1


def test_what_is_not_public_is_in_no_answer(add):
    add("Собрание участников", access=Access.MEMBERS)
    add("Собрание открытое")

    results = ask("собрание")

    assert (titles(results), results.total, results.facets["kind"]) == (["Собрание открытое"], 1, {"news": 1})
    assert titles(ask("")) == ["Собрание открытое"]


def test_no_words_list_everything_with_the_newest_first(add):
    add("Вчера", days_old=1, district="left")
    add("Сегодня", district="left")
    add("Неделю назад", days_old=7)

    assert titles(ask("")) == ["Сегодня", "Вчера", "Неделю назад"]
    assert titles(ask("", district="left")) == ["Сегодня", "Вчера"]
    assert ask("", district="left").facets["district"] == {"left": 2}


def test_pages_follow_each_other_without_gap_or_repetition(add):
    for number in range(45):
        add(f"Урок {number}")

    pages = [titles(ask("урок", page=number)) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({title for page in pages for title in page}) == 45
    assert titles(ask("урок", page=15)) == pages[2]


def test_more_entries_than_the_pool_holds_are_counted_as_at_least_that(add, small_pool):
    for number in range(7):
        add(f"Урок {number}", district="left" if number < 2 else "right")

    results = ask("урок")
    assert (results.total, results.more) == (5, True)
    narrowed = ask("урок", district="left")
    assert (narrowed.total, narrowed.more, sorted(titles(narrowed))) == (2, False, ["Урок 0", "Урок 1"])
    assert sorted(titles(ask("", district="left"))) == ["Урок 0", "Урок 1"]


def test_words_that_only_put_the_question_do_not_find(add):
    add("Где купить лыжи")
    add("Шитьё")

    assert titles(ask("где учат шитью")) == ["Шитьё"]
    assert titles(ask("где")) == ["Где купить лыжи"]


def test_a_common_word_still_ranks_what_rarer_words_find(add, monkeypatch):
    monkeypatch.setattr("search.engines.matching.MOST", 3)
    add("Гончарный круг", body="Для всех.")
    add("Гончарный курс", body="Для всех.")
    for number in range(6):
        add(f"Курс номер {number}")

    results = ask("гончарные курсы")

    assert titles(results)[:2] == ["Гончарный курс", "Гончарный круг"]
    assert 2 < results.total <= 8


def test_a_common_word_is_found_in_old_titles(add, monkeypatch):
    monkeypatch.setattr("search.engines.matching.MOST", 3)
    add("Лодка")
    for number in range(4):
        add(f"Новость {number}", body="Лодка стоит.")

    assert titles(ask("лодка"))[0] == "Лодка"


def test_a_place_shows_only_what_stands_in_it(add):
    add("Лодки на реке", within="forum board-1 topic-1")
    add("Лодка в сарае", within="forum board-1 topic-2")
    add("Лодочная станция")

    assert titles(within("лодками", "topic-1")) == ["Лодки на реке"]
    assert sorted(titles(within("лодка", "topic-1", "topic-2"))) == ["Лодка в сарае", "Лодки на реке"]
    assert within("лодка", "board-1").total == 2
    assert within("лодка", "topic-12").total == 0
    assert ask("лодка").total == 2


def test_what_only_its_place_shows_is_in_no_other_answer(add):
    closed = add_closed("Собрание участников", within="board-1 topic-1", district="left", topics=("games",))
    add("Собрание открытое", within="forum board-2")

    results = ask("собрание")
    assert (titles(results), results.total, results.facets["kind"]) == (["Собрание открытое"], 1, {"news": 1})
    assert [titles(ask("", district="left")), titles(ask("собрание", topic="games")), titles(ask(""))] == [
        [],
        [],
        ["Собрание открытое"],
    ]
    assert titles(within("собрание", "forum")) == ["Собрание открытое"]
    assert titles(within("собрания", "board-1")) == ["Собрание участников"]
    assert not Entry.objects.filter(pk=closed.pk).exists()


def test_what_is_opened_is_found_everywhere_and_what_is_closed_no_more(add):
    add("Собрание", key="tests.thing:a", within="board-1")
    assert ask("собрание").total == 1

    add_closed("Собрание", key="tests.thing:a", within="board-1")
    assert (ask("собрание").total, within("собрание", "board-1").total) == (0, 1)

    add("Собрание", key="tests.thing:a", within="board-1")
    assert (ask("собрание").total, within("собрание", "board-1").total) == (1, 1)


def test_within_a_place_a_part_is_found_by_its_own_words(add):
    add("Ремонт лодки", body="С чего начать", key="tests.thing:whole", within="topic-1")
    add("Ремонт лодки", body="Спасибо!", is_part=True, key="tests.thing:thanks", within="topic-1")
    add("Ремонт лодки", body="Лодку сначала сушат", is_part=True, key="tests.thing:dry", within="topic-1")

    results = within("лодка", "topic-1")

    assert [hit.entry.key for hit in results.hits] == ["tests.thing:whole", "tests.thing:dry"]
    assert ask("лодка").total == 1


def test_nothing_is_found_within_a_place_without_words(add):
    add("Лодки", within="topic-1")

    assert [titles(within(text, "topic-1")) for text in ("", "!!!")] == [[], []]


def test_common_words_within_a_place_are_found_beside_rarer_ones(add, monkeypatch):
    monkeypatch.setattr("search.engines.matching.MOST", 3)
    for number in range(6):
        add(f"Лодка номер {number}", within="topic-1")
    add("Лодка и весло", within="topic-1")
    add("Весло", within="topic-2")

    assert titles(within("лодка весло", "topic-1"))[0] == "Лодка и весло"
    assert titles(within("лодка весло", "topic-2")) == ["Весло"]
