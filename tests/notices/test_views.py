import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from notices import actions, mailing, tokens
from notices.actions import Happening
from notices.enums import Group, Pace
from notices.models import Notice, Preferences
from tests.factories import make_user
from tests.notices.conftest import MAY_SEE

CENTRE = "/en/notices/"


@pytest.fixture
def reader(city, client, anna) -> User:
    client.force_login(anna)
    return anna


def tell(person: User, key: str = "post:7", *, kind: str = "to_me", thread: str = "topic:5", **params) -> Notice:
    actions.tell([person.pk], Happening(kind, key, thread, f"/forum/posts/{key[5:]}/", params))
    return Notice.objects.get(person=person, key=key)


def headings(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", found).strip() for found in re.findall(r"<h3>(.*?)</h3>", html, re.DOTALL)]


# --- the centre -------------------------------------------------------------------------------------------------------
def test_centre_asks_for_a_sign_in(city, client):
    assert client.get(CENTRE).url == "/en/accounts/login/?next=/en/notices/"


def test_centre_tells_what_happened_where_and_when(reader, client):
    tell(reader, what="it rains", place="Weather", excerpt="<b>Cats</b> and dogs")

    html = client.get(CENTRE).text

    assert headings(html) == ["New: Former member: it rains"]
    assert ("Weather" in html, "&lt;b&gt;Cats&lt;/b&gt; and dogs" in html) == (True, True)
    assert "<time datetime=" in html


def test_new_stands_before_what_was_read(reader, client):
    for number in range(3):
        tell(reader, f"post:{number}", thread=f"topic:{number}", what=str(number))
    actions.mark_read(reader, "topic:2")

    html = client.get(CENTRE).text

    assert headings(html) == ["New: Former member: 1", "New: Former member: 0", "Former member: 2"]


def test_nothing_of_others_is_shown(reader, client, boris):
    secret = tell(boris, what="secret")

    assert "secret" not in client.get(CENTRE).text
    assert client.get(f"/en/notices/{secret.pk}/").status_code == 404


def test_what_may_not_be_seen_any_more_is_left_out_and_counted_no_more(reader, client):
    tell(reader, what="secret")
    MAY_SEE["anna@example.org"] = False

    first, second = client.get(CENTRE).text, client.get(CENTRE).text

    assert ("secret" in first, "secret" in second) == (False, False)
    assert 'class="badge"' not in second


def test_kind_of_an_app_that_was_taken_out_breaks_nothing(reader, client):
    tell(reader)
    tell(reader, "post:8", thread="topic:8", what="thing that stays")
    Notice.objects.exclude(key="post:8").update(kind="gone")

    html = client.get(CENTRE).text

    assert html.count('<article class="topic') == 1
    assert "thing that stays" in html


def test_long_lists_are_paged_by_key(reader, client):
    for number in range(65):
        tell(reader, f"post:{number}", thread=f"topic:{number}", what=f"thing {number}")
    for number in range(32):
        actions.mark_read(reader, f"topic:{number}")

    first = client.get(CENTRE).text
    second = client.get(re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")).text
    earlier = client.get("/en/notices/?show=earlier").text
    last = client.get(re.search(r'href="([^"]+)" rel="next"', earlier)[1].replace("&amp;", "&")).text

    assert [len(headings(html)) for html in (first, second, earlier, last)] == [30, 3, 30, 2]
    assert "show=earlier" in re.search(r'href="([^"]+)" rel="prev"', last)[1]


def test_opening_marks_the_thread_read_and_leads_to_the_thing(reader, client):
    notice = tell(reader, "post:7")
    tell(reader, "post:8")

    response = client.get(f"/en/notices/{notice.pk}/")

    assert response.url == "/en/forum/posts/7/"
    assert not Notice.objects.filter(read_at=None).exists()


def test_all_are_marked_read_by_a_plain_form_but_not_what_came_meanwhile(reader, client):
    tell(reader, "post:7")
    until = re.search(r'name="until" value="(\d+)"', client.get(CENTRE).text)[1]
    tell(reader, "post:8", thread="topic:6")

    response = client.post("/en/notices/read/", {"until": until})

    assert response.url == CENTRE
    assert list(Notice.objects.filter(read_at=None).values_list("key", flat=True)) == ["post:8"]


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 30, "²"])
def test_made_up_numbers_are_refused(reader, client, until):
    assert client.post("/en/notices/read/", {"until": until}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_the_centre_do_not_grow(reader, client, django_assert_num_queries, number):
    for one in range(number):
        tell(reader, f"post:{one}", thread=f"topic:{one}")
    client.get(CENTRE)

    with django_assert_num_queries(5):  # the reader, new, earlier, the number, whether they may edit
        client.get(CENTRE)


# --- the number in the menu -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("unread", "shown"), [(1, "1"), (99, "99"), (130, "99+")])
def test_menu_shows_how_much_is_new(reader, client, unread, shown):
    Notice.objects.bulk_create(
        [Notice(person=reader, kind="test", key=f"k:{n}", thread=f"t:{n}", path="/") for n in range(unread)]
    )

    badge = re.search(r'<b class="badge"><span class="hidden">New notices: </span>([^<]+)</b>', client.get("/en/").text)

    assert badge[1] == shown


@pytest.mark.django_db(transaction=True)
def test_number_is_the_readers_own_on_pages_that_readers_share(city, client):
    anna, boris = make_user(), make_user()
    for person in (anna, boris):
        reader = Client()
        reader.force_login(person)
        reader.get("/ru/")
    tell(anna)
    pages = []

    for person in (anna, boris):
        reader = Client()
        reader.force_login(person)
        pages.append(reader.get("/ru/").text)

    assert ['class="badge"' in page for page in pages] == [True, False]


# --- settings ---------------------------------------------------------------------------------------------------------
def test_settings_are_saved(reader, client):
    chosen = {"personal": "daily", "followed": "never", "quiet_from": "21:30", "quiet_until": "08:00"}

    response = client.post("/en/notices/settings/", chosen | {"follow_started": "on"})

    saved = Preferences.objects.get(person=reader)
    assert response.url == "/en/notices/settings/"
    assert (saved.personal, saved.followed, saved.duties) == (Pace.DAILY, Pace.NEVER, Pace.AT_ONCE)
    assert (str(saved.quiet_from), str(saved.quiet_until)) == ("21:30:00", "08:00:00")
    assert (saved.follow_started, saved.follow_answered) == (True, False)


def test_quiet_hours_need_a_beginning_and_an_end(reader, client):
    chosen = {"personal": "daily", "followed": "daily", "quiet_from": "21:30", "quiet_until": ""}

    html = client.post("/en/notices/settings/", chosen).text

    assert "Say when they begin and when they end." in html
    assert not Preferences.objects.exists()


def test_choice_that_does_not_exist_is_refused(reader, client):
    assert client.post("/en/notices/settings/", {"personal": "hourly"}).status_code == 200
    assert not Preferences.objects.exists()


# --- links in letters -------------------------------------------------------------------------------------------------
@pytest.fixture
def unsubscribe_path(city, anna) -> str:
    tell(anna)
    mailing.send_due()
    return mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")


def test_looking_at_the_unsubscribe_page_changes_nothing(unsubscribe_path, client):
    html = client.get(unsubscribe_path).text

    assert "Answers to me, and where I am mentioned" in html
    assert not Preferences.objects.exists()


def test_one_press_in_a_mail_program_unsubscribes(unsubscribe_path, anna):
    stranger = Client(enforce_csrf_checks=True)

    for _ in range(2):
        response = stranger.post(unsubscribe_path, {"List-Unsubscribe": "One-Click"})

    chosen = Preferences.objects.get(person=anna)
    assert response.status_code == 200
    assert (chosen.personal, chosen.followed) == (Pace.NEVER, Pace.DAILY)
    tell(anna, "post:9", thread="topic:9")
    assert mailing.send_due() == 0


def test_link_of_a_gathered_letter_stops_all_that_it_held(city, client, anna):
    token = tokens.unsubscribe_token(anna.pk, {Group.FOLLOWED, Group.PERSONAL})

    client.post(f"/en/notices/unsubscribe/{token}/")

    chosen = Preferences.objects.get(person=anna)
    assert (chosen.personal, chosen.followed, chosen.duties) == (Pace.NEVER, Pace.NEVER, Pace.AT_ONCE)


@pytest.mark.parametrize("page", ["unsubscribe", "mute"])
@pytest.mark.parametrize("forge", [str.upper, lambda token: token[:-1], lambda token: "WzEsW11d:x", lambda token: "x"])
def test_forged_tokens_are_refused(city, client, anna, page, forge):
    token = tokens.unsubscribe_token(anna.pk, {Group.PERSONAL}) if page == "unsubscribe" else tokens.mute_token(1)

    for method in (client.get, client.post):
        assert method(f"/en/notices/{page}/{forge(token)}/").status_code == 404
    assert not Preferences.objects.exists()


def test_token_for_one_thing_does_not_do_the_other(city, client, anna):
    notice = tell(anna)

    assert client.post(f"/en/notices/unsubscribe/{tokens.mute_token(notice.pk)}/").status_code == 404
    token = tokens.unsubscribe_token(anna.pk, {Group.PERSONAL})
    assert client.post(f"/en/notices/mute/{token}/").status_code == 404


def test_link_of_a_closed_account_is_refused(unsubscribe_path, client):
    User.objects.update(is_active=False)

    assert client.post(unsubscribe_path).status_code == 404


def test_mute_link_asks_first_and_then_marks_the_thread_read(city, client, anna):
    notice = tell(anna, place="Weather")
    path = f"/en/notices/mute/{tokens.mute_token(notice.pk)}/"

    asked = client.get(path).text
    before = Notice.objects.get().read_at
    client.post(path)

    assert "Weather" in asked
    assert before is None
    assert Notice.objects.get().read_at is not None
