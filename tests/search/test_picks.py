"""What editors show first: for which searches, when, and never what not everybody may see."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from partners.actions import archive_partner
from search.models import Pick, PickedPlace
from search.picks import next_change, picks_for
from tests.factories import make_board, make_moderator, make_news, make_partner, make_removal, make_talk, make_user

pytestmark = pytest.mark.django_db


def make_pick(phrases: str, *places: dict, language: str = "ru", **fields) -> Pick:
    pick = Pick(phrases=phrases, language=language, **fields)
    pick.full_clean()
    pick.save()
    for order, words in enumerate(places):
        place = PickedPlace(pick=pick, sort_order=order, **words)
        place.full_clean()
        place.save()
    return pick


def shown(text: str, language: str = "ru") -> list[str]:
    return [pick.title for pick in picks_for(text, language)]


ELSEWHERE = {"url": "https://example.org/", "title": "Портал"}


@pytest.mark.parametrize("text", ["курсы компьютера", "Компьютерный курс?", "компьютерные курсы", "курс на компьютере"])
def test_search_is_recognised_in_other_forms_and_another_order(text):
    make_pick("компьютерные курсы, курс компьютера", ELSEWHERE)

    assert shown(text) == ["Портал"]


@pytest.mark.parametrize("text", ["курсы", "компьютерные курсы английского", "", "?", "и"])
def test_other_searches_show_nothing(text):
    make_pick("компьютерные курсы", ELSEWHERE)

    assert shown(text) == []


def test_pick_is_of_one_language(city):
    make_pick("чат", ELSEWHERE)

    assert shown("чат", "en") == []


def test_page_is_shown_with_its_own_words_or_the_editors(city):
    page = make_news("Школа на Лисихе", lead="Вечером и бесплатно.")
    make_pick("школа", {"page": page})
    make_pick("вечерняя школа", {"page": page, "title": "Учиться вечером", "sentence": "С сентября."})

    [own], [editors] = picks_for("школа", "ru"), picks_for("вечерняя школа", "ru")

    assert own == ("Школа на Лисихе", "Вечером и бесплатно.", page.get_url(), "ru")
    assert editors == ("Учиться вечером", "С сентября.", page.get_url(), "")


def test_places_stand_in_the_editors_order_each_once(city):
    page = make_news("Школа")
    make_pick("учиться", ELSEWHERE, {"page": page})
    make_pick("учёба, учиться", {"page": page}, {"url": "/ru/forum/", "title": "Разговоры"})

    assert shown("учиться") == ["Портал", "Школа", "Разговоры"]


def test_nothing_is_shown_of_pages_that_not_everybody_may_see(city, django_capture_on_commit_callbacks):
    draft, closed = make_news("Тайный черновик", publish=False), make_news("Тайное собрание")
    gone, expired, open_page = make_news("Тайное вчера"), make_news("Тайное раньше"), make_news("Открытое")
    make_pick("тайное", *({"page": page} for page in (draft, closed, gone, expired, open_page)))
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        gone.unpublish()
        expired.unpublish(set_expired=True)

    assert shown("тайное") == ["Открытое"]


def test_nothing_is_shown_of_an_archived_partner_or_before_its_hour(city, django_capture_on_commit_callbacks):
    partner = make_partner("Тайный кружок")
    page, news = partner.pages.get(), make_news("Тайная новость", partner=partner)
    later = make_news("Тайное завтра", publish=False, go_live_at=timezone.now() + timedelta(days=1))
    make_pick("тайное", *({"page": one} for one in (page, news, later)))
    before = shown("тайное")

    with django_capture_on_commit_callbacks(execute=True):
        later.save_revision().publish()
        archive_partner(partner, by=make_user())

    assert before == ["Тайный кружок", "Тайная новость"]
    assert shown("тайное") == []


def test_nothing_is_shown_of_a_topic_that_moderators_took_away(city, django_capture_on_commit_callbacks):
    topic = make_talk(make_board("Ремесло", slug="crafts"), title="Тайный разговор")
    make_pick("тайное", {"url": topic.own_url() + "#post-1", "title": "Разговор"})
    before = shown("тайное")

    with django_capture_on_commit_callbacks(execute=True):
        make_removal(topic.posts.get(number=1), by=make_moderator())

    assert (before, shown("тайное")) == (["Разговор"], [])


def test_topic_named_by_its_address_goes_with_its_board(city, django_capture_on_commit_callbacks):
    board = make_board("Ремесло", slug="crafts")
    topic = make_talk(board, title="Где чинить велосипед")
    make_pick("чинить", {"url": topic.own_url()})
    before = shown("чинить")

    with django_capture_on_commit_callbacks(execute=True):
        board.who_reads = "members"
        board.save()

    assert (before, shown("чинить")) == (["Где чинить велосипед"], [])


def test_pick_begins_and_ends_by_itself():
    now = timezone.now()
    make_pick("ёлка", ELSEWHERE, show_from=now + timedelta(hours=1))
    make_pick("зима", ELSEWHERE, show_until=now + timedelta(hours=2))
    make_pick("лето", ELSEWHERE, show_until=now - timedelta(hours=1))

    assert (shown("ёлка"), shown("зима"), shown("лето")) == ([], ["Портал"], [])
    assert next_change("ёлка", "ru") == now + timedelta(hours=1)
    assert next_change("зима", "ru") == now + timedelta(hours=2)
    assert next_change("лето", "ru") is None


def test_search_without_a_pick_costs_no_query(city, django_assert_num_queries):
    make_pick("школа", {"page": make_news("Школа")})
    picks_for("школа", "ru")

    with django_assert_num_queries(0):
        picks_for("флейта", "ru")
    with django_assert_num_queries(1):
        picks_for("школа", "ru")


def test_picks_stand_above_results_and_where_nothing_is_found(city, client):
    make_news("Школа танцев")
    make_pick("школа, флейта", {"url": "https://example.org/?a=1&b=2", "title": "Сначала сюда <b>", "sentence": "Да."})

    some, none = (client.get("/ru/search/", {"q": text}).content.decode() for text in ("школа", "флейта"))

    for html in (some, none):
        assert '<h3><a href="https://example.org/?a=1&amp;b=2">Сначала сюда &lt;b&gt;</a></h3><p>Да.</p>' in html
    assert some.index('class="picks"') < some.index('<article class="result')


def test_picks_are_left_out_where_a_search_is_narrowed_or_leafed_through(city, client, add):
    for number in range(25):
        add(f"Школа {number}", district="left")
    make_pick("школа", ELSEWHERE)

    pages = [{"q": "школа"}, {"q": "школа", "page": "2"}, {"q": "школа", "district": "left"}]

    assert ['class="picks"' in client.get("/ru/search/", asked).content.decode() for asked in pages] == [
        True,
        False,
        False,
    ]


def test_stored_page_shows_a_pick_from_its_hour_on(city, client, monkeypatch):
    now = timezone.now()
    make_pick("школа", ELSEWHERE, show_from=now + timedelta(minutes=10))
    before = client.get("/ru/search/", {"q": "школа"}).content.decode()

    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=11))
    after = client.get("/ru/search/", {"q": "школа"}).content.decode()

    assert ("Портал" in before, "Портал" in after) == (False, True)


def test_change_of_a_pick_shows_on_the_next_request(city, client, django_capture_on_commit_callbacks):
    before = client.get("/ru/search/", {"q": "школа"}).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        make_pick("школа", ELSEWHERE)
    after = client.get("/ru/search/", {"q": "школа"}).content.decode()

    assert ("Портал" in before, "Портал" in after) == (False, True)
