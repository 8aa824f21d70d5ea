"""What every engine answers alike. The normal run asks the database that the tests use; see tests/services too.

LC_SEARCH_ENGINE and LC_ELASTICSEARCH_URL run it on a cluster.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from common.models import Topic
from search import actions
from search.actions import Answer
from search.engines import current_engine
from search.enums import Access, Kind
from search.models import Entry, Spelling
from search.queries import Results, find
from search.query import Query
from search.registry import EntryDraft, author_slug
from search.understanding import lexicon, understand
from search.wanted import NEWEST, Days
from tests.factories import make_district, make_topic, make_user
from tests.search.conftest import ago, ask, titles


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


def add_closed(title: str, *, key: str = "tests.thing:closed", **fields) -> Entry:
    draft = EntryDraft("ru", title, f"/{key}/", ago(0), access=Access.WITHIN, **fields)
    actions.write([Answer(Kind.NEWS, key, draft)])
    return Entry.everything.get(key=key)


def within(text: str, *places: str, page: int = 1) -> Results:
    return find(Query(text, page=page, within=places))


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


def test_what_has_expired_is_in_no_answer(add):
    add("Запись на весну", until=ago(1))
    add("Запись на осень", until=ago(-1))

    results = ask("запись")

    assert (titles(results), results.total, results.facets["kind"]) == (["Запись на осень"], 1, {"news": 1})
    assert titles(ask("")) == ["Запись на осень"]


def test_days_narrow_by_when_it_takes_place_else_by_when_it_was_published(add):
    add("Ярмарка сегодня", starts=ago(0), days_old=40)
    add("Ярмарка через месяц", starts=ago(-40))
    add("Ярмарка идёт", starts=ago(20), ends=ago(-20), days_old=40)
    add("Ярмарка была", days_old=40)
    add("Ярмарка объявлена")
    today = localdate()

    results = ask("ярмарка", days=Days(today, today))

    assert sorted(titles(results)) == ["Ярмарка идёт", "Ярмарка объявлена", "Ярмарка сегодня"]
    assert (results.total, results.unfiltered) == (3, 5)
    assert results.facets["when"]["today"] == 3
    assert sorted(titles(ask("", days=Days(today, today)))) == sorted(titles(results))


def test_a_day_begins_and_ends_in_the_city(add):
    """Between midnight there and midnight in Greenwich the two dates differ."""
    zone = ZoneInfo("Asia/Irkutsk")
    for hour, title in ((-1, "Накануне"), (0, "Первое"), (7, "Утро"), (23, "Последнее"), (24, "Назавтра")):
        moment = datetime(2027, 3, 10, tzinfo=zone) + timedelta(hours=hour, minutes=30)
        add(title, starts=moment, ends=moment + timedelta(minutes=10))
    day = date(2027, 3, 10)

    assert sorted(titles(ask("", days=Days(day, day)))) == ["Первое", "Последнее", "Утро"]


def test_days_count_as_if_no_days_were_chosen(add):
    add("Ярмарка мёда", starts=ago(0), district="left")
    add("Ярмарка книг", starts=ago(-400), district="right")
    future = localdate() + timedelta(days=400)

    facets = ask("ярмарка", days=Days(future, future)).facets

    assert facets["when"]["today"] == 1
    assert facets["district"] == {"right": 1}


def test_days_find_what_the_pool_did_not_hold(add, small_pool):
    add("Ярмарка мёда", starts=ago(-400))
    for number in range(7):
        add(f"Ярмарка {number}")
    day = localdate() + timedelta(days=400)

    assert titles(ask("ярмарка", days=Days(day, day))) == ["Ярмарка мёда"]


def test_the_newest_come_first_where_that_is_wanted(add):
    add("Лекция", days_old=3)
    add("Вечер", body="После чая лекция.", days_old=1)
    add("Лекция о лекциях", days_old=9)

    assert titles(ask("лекция", order="date")) == ["Вечер", "Лекция", "Лекция о лекциях"]


def test_the_nearest_come_first_and_what_is_nowhere_last(add):
    add("Клуб далеко", latitude=52.4, longitude=104.5)
    add("Клуб в сети")
    add("Клуб рядом", latitude=52.281, longitude=104.281)

    found = ask("клуб", order="near", near="52.28,104.28")

    assert titles(found) == ["Клуб рядом", "Клуб далеко", "Клуб в сети"]


# --- what was understood ----------------------------------------------------------------------------------------------
def learnt() -> None:
    lexicon.learn_new()
    lexicon.forget()


def test_a_phrase_is_found_word_for_word(add):
    add("Открытая мастерская", body="Приходите с чайником.")
    add("Мастерская открыта")
    add("Открытая студия", body="Рядом мастерская.")
    add("Вечер", body="Ждёт вас открытая мастерская у реки.")

    assert titles(ask('"открытая мастерская"')) == ["Открытая мастерская", "Вечер"]
    assert titles(ask('вечер "открытые мастерские"')) == ["Вечер", "Открытая мастерская"]


def test_a_phrase_that_nobody_says_is_looked_for_by_its_words(add):
    add("Мастерская открыта")
    add("Студия «Верстак»")
    learnt()

    loosened, misspelled = ask('"открытая мастерская"'), ask("студия «Верстакк»")

    assert (titles(loosened), loosened.instead) == (["Мастерская открыта"], "открытая мастерская")
    assert (titles(misspelled), misspelled.instead) == (["Студия «Верстак»"], "студия верстак")
    assert (ask('"открытая мастерская"', exact=True).total, ask('"открытая мастерская"', exact=True).instead) == (0, "")


def test_a_phrase_that_only_hidden_things_say_is_as_unsaid(add):
    add("Открытая мастерская", access=Access.MEMBERS)
    add("Мастерская открыта")

    assert ask('"открытая мастерская"').instead == "открытая мастерская"


def test_what_must_not_be_there_is_not_found(add):
    add("Ремонт обуви")
    add("Ремонт велосипеда")
    add("Ремонт", body="И детская коляска, и велосипеды.")
    add("Ремонт часов", body="Для детских часов тоже.")

    assert sorted(titles(ask("ремонт -велосипед"))) == ["Ремонт обуви", "Ремонт часов"]
    assert sorted(titles(ask('ремонт -"детская коляска"'))) == ["Ремонт велосипеда", "Ремонт обуви", "Ремонт часов"]
    assert sorted(titles(ask("-велосипед"))) == ["Ремонт обуви", "Ремонт часов"]


def test_long_questions_leave_out_what_says_only_one_of_the_words(add):
    for number in range(12):
        add(f"Ремонт велосипедов {number}", body="зимой и летом своими руками")
    add("Ремонт обуви")

    results = ask("ремонт велосипедов зимой своими руками")

    assert (results.total, "Ремонт обуви" in titles(results)) == (12, False)


def test_few_that_say_enough_leave_room_for_those_that_say_less(add):
    add("Ремонт велосипедов", body="зимой своими руками")
    add("Ремонт обуви")

    assert titles(ask("ремонт велосипедов зимой своими руками")) == ["Ремонт велосипедов", "Ремонт обуви"]


def test_filters_may_be_typed_in_words(add, locales):
    make_district("oktyabrsky", "Октябрьский район")
    add("Мастерская «Верстак»", kind="partner", partner="verstak")
    add("Шитьё у реки", partner="verstak", partner_name="Мастерская «Верстак»")
    add("Шитьё в Октябрьском", district="oktyabrsky", kind="page")

    assert titles(ask("шитьё партнёр:верстак")) == ["Шитьё у реки"]
    assert titles(ask("шитьё организация:«мастерская верстак»")) == ["Шитьё у реки"]
    assert titles(ask("шитьё район:октябрьский")) == ["Шитьё в Октябрьском"]
    assert titles(ask("шитьё kind:pages")) == ["Шитьё в Октябрьском"]
    assert ask("шитьё партнёр:верстак").query.chosen == {"partner": ("verstak",)}
    assert ask("шитьё партнёр:верстак").query.text == "шитьё"


def test_a_filter_that_means_nothing_here_is_only_words(add):
    add("Шитьё на Марсе")
    add("Музыка")

    assert titles(ask("район:Марс")) == ["Шитьё на Марсе"]


def test_those_who_show_their_page_are_found_as_authors(add):
    shown = make_user(display_name="Вера Ткач", show_profile=True)
    hidden = make_user(display_name="Пётр Тих", show_profile=False)
    add("Лодка Веры", author=author_slug(shown.pk))
    add("Лодка Петра", author=author_slug(hidden.pk))

    assert titles(ask("лодка автор:«Вера Ткач»")) == ["Лодка Веры"]
    assert titles(ask("автор:«вера ткач»")) == ["Лодка Веры"]
    assert "Лодка Петра" in titles(ask("лодка автор:«Пётр Тих»"))
    assert ask("лодка автор:«Пётр Тих»").query.authors == ()


def test_a_misspelled_word_finds_what_was_meant(add):
    add("Ремонт велосипеда")
    add("Библиотека у озера")
    add("Курсы шитья")
    learnt()

    for text in ("велосепед", "велосипеда", "виласипед", "веолсипеды", "библотека", "библиотекв", "курссы", "кусры"):
        assert ask(text).total == 1, text
    results = ask("ремонт велосепеда")
    assert (titles(results), results.instead, results.query.text) == (
        ["Ремонт велосипеда"],
        "ремонт велосипеда",
        "ремонт велосепеда",
    )


def test_short_words_and_first_letters_are_not_guessed(add):
    add("Дом")
    add("Курсы")
    learnt()

    assert [ask(text).total for text in ("дам", "турсы", "дома")] == [0, 0, 1]


def test_what_was_typed_may_be_looked_for_as_it_is(add):
    add("Ремонт велосипеда")
    learnt()

    exact = ask("велосепед", exact=True)

    assert (exact.total, exact.instead) == (0, "")


def test_the_other_keyboard_is_understood(add):
    add("Библиотека у озера", body="Как научиться читать")
    add("Course of drawing", language="en")
    learnt()

    for text, meant in (
        (",b,kbjntrf", "библиотека"),
        ("rfr yfexbnmcz xbnfnm", "как научиться читать"),
        ("сщгкыу", "course"),
        ("drawing сщгкыу", "drawing course"),
    ):
        results = ask(text)
        assert (results.total, results.instead) == (1, meant), text


def test_latin_spellings_are_understood(add):
    add("Библиотека у озера")
    add("Шитьё для начинающих")
    learnt()

    assert (titles(ask("biblioteka")), ask("biblioteka").instead) == (["Библиотека у озера"], "библиотека")
    assert titles(ask("shityo nachinayuschih")) == ["Шитьё для начинающих"]


def test_a_letter_wrong_in_an_ending_or_before_it_is_forgiven(add):
    add("Ремонт поверхностей")
    add("Пять городов")
    learnt()

    assert titles(ask("прверхность")) == titles(ask("поверхностиь")) == ["Ремонт поверхностей"]
    assert titles(ask("прверхность", exact=True)) == []


def test_a_misspelled_word_that_only_puts_the_question_is_left_out(add):
    add("Почта у реки")
    add("Закрыт мост")
    learnt()

    results = ask("почрему закрыт мост")

    assert (titles(results), results.instead) == (["Закрыт мост"], "почему закрыт мост")


def test_a_question_of_several_words_is_answered_in_other_parts_of_speech(add):
    add("Основы театра", body="Весной и летом, по средам.")
    add("Музей", body="Основание музея пришлось на весну.")
    add("Читальня", body="Основа её собрания – дар купца. Весной читальня открыта.")
    learnt()

    assert titles(ask("основание")) == ["Музей"]
    assert titles(ask("основание читальни, весна, собрание купцов"))[0] == "Читальня"
    assert "Основы театра" in titles(ask("основание читальни, осень, собрание картин"))
    assert "Основы театра" not in titles(ask("основание читальни, осень, собрание картин", exact=True))


def test_a_question_in_the_other_layout_may_say_much_that_nobody_says(add):
    add("Городской музей")
    learnt()

    results = ask("jlyf;ls ujhjlcrjq gfkfxbr vepti")

    assert titles(results) == ["Городской музей"]


def test_a_forgotten_space_is_understood(add):
    add("Ремонт велосипеда")
    learnt()

    assert (titles(ask("ремонтвелосипеда")), ask("ремонтвелосипеда").instead) == (
        ["Ремонт велосипеда"],
        "ремонт велосипеда",
    )


def test_a_rare_word_beside_a_common_one_is_asked_about(add):
    add("Карасель")
    for number in range(21):
        add(f"Карусель {number}")
    learnt()

    assert (titles(ask("карасель")), ask("карасель").maybe) == (["Карасель"], "карусель")
    assert ask("карусель").maybe == ""


def test_no_word_of_anything_hidden_is_ever_offered(add):
    add("Тайнопись", key="tests.thing:a")
    learnt()
    assert ask("тайнописъ").instead == "тайнопись"

    add("Тайнопись", key="tests.thing:a", access=Access.MEMBERS)
    assert (ask("тайнописъ").instead, ask("тайнописъ").total) == ("", 0)

    add_closed("Заговор садоводов", within="board-1")
    add("Собрание", access=Access.MEMBERS)
    learnt()
    assert [ask("заговорр").instead, ask("собраниее").instead] == ["", ""]
    assert (within("заговорр", "board-1").total, within("заговор", "board-1").total) == (0, 1)


def test_words_that_nobody_says_any_more_are_forgotten(add):
    add("Тайнопись", key="tests.thing:a")
    add("Грамота", key="tests.thing:b")
    learnt()
    add("Письмо", key="tests.thing:a")

    gone = lexicon.forget_unsaid()

    assert gone == 1
    assert list(Spelling.objects.values_list("word", flat=True)) == ["грамота"]


def test_a_thing_of_two_kinds_is_one_among_all(add):
    add("Скамейки", kind="proposal", within="forum board-1 topic-1")
    add("Скамейки", body="За!", kind="topic", is_part=True, within="forum board-1 topic-1")
    add("Скамейки у дома")

    results = ask("скамейки")
    narrowed = ask("скамейки", kind="topic")

    assert results.facets["kind"] == {"proposal": 1, "topic": 1, "news": 1}
    assert (results.total, results.widened) == (2, {})
    assert (narrowed.total, narrowed.widened) == (1, {"kind": 2})


def test_among_some_entries_only_those_are_ranked_and_counted_in_the_total(add):
    kept = {add("Велосипед", days_old=1).pk, add("Велосипед зимой", language="be", days_old=2).pk, add("Самокат").pk}
    add("Новый велосипед")
    everything = understand(Query("велосипед", order=NEWEST)).wanted

    found = current_engine().find(replace(everything, among=frozenset(kept)))
    nothing = current_engine().find(replace(everything, among=frozenset()))

    assert [Entry.objects.get(pk=one.entry_id).title for one in found.ranked] == ["Велосипед", "Велосипед зимой"]
    assert (found.total, found.unfiltered) == (2, 3)
    assert (nothing.ranked, nothing.total) == ([], 0)


def test_certain_entries_are_found_though_many_better_ones_fit(add, small_pool, monkeypatch):
    monkeypatch.setattr("search.engines.database.JUDGED", 2)
    old = [add("Лодка", body=f"Весло {number}", district="left", days_old=99).pk for number in range(2)]
    for number in range(small_pool):
        add(f"Лодка {number}", district="left" if number < 3 else "right")
    wanted = understand(Query("лодка", chosen={"district": ("left",)})).wanted

    found = current_engine().find(replace(wanted, among=frozenset(old)))

    assert sorted(one.entry_id for one in found.ranked) == old
