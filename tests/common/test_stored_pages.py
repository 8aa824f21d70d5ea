"""Pages handed out without Django, and to readers who are signed in: each with one's own menu, nothing of another's."""

import io

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from common.page_cache import depends_on, drop_now
from common.stored_pages import MENU_MARK, MemberPagesMiddleware, Near, StoredPage, StoredPagesMiddleware, front
from tests.factories import make_news, make_user

pytestmark = pytest.mark.django_db


class View:
    """Counts how often it is asked."""

    def __init__(self, also=lambda request: None):
        self.asked = 0
        self.also = also

    def __call__(self, request: HttpRequest) -> HttpResponse:
        depends_on(request, "news")
        self.asked += 1
        return HttpResponse(f"{MENU_MARK} {self.asked} {self.also(request) or ''}")


def ask(view: View, user, path: str = "/ru/", method: str = "get", **headers: str) -> str:
    request = getattr(RequestFactory(), method)(path, headers=headers)
    request.user, request.session = user, SessionStore()
    request._messages = FallbackStorage(request)
    return MemberPagesMiddleware(view)(request).content.decode()


def call(application, **environ: str) -> tuple[str, dict[str, str], bytes]:
    sent = []
    asked = RequestFactory()._base_environ(PATH_INFO="/ru/", **environ) | {"wsgi.input": io.BytesIO()}
    body = b"".join(application(asked, lambda status, headers: sent.append((status, dict(headers)))))
    return (*sent[0], body)


def test_members_share_a_page_and_each_has_an_own_menu():
    view = View()

    first, second = ask(view, make_user(display_name="Анна")), ask(view, make_user(display_name="Борис"))

    assert view.asked == 1
    assert "Анна" in first
    assert "Анна" not in second
    assert "Борис" in second
    assert MENU_MARK not in first + second


def test_members_page_is_rendered_anew_when_what_it_shows_changes():
    view, user = View(), make_user()
    ask(view, user)

    drop_now(["news"])
    ask(view, user)

    assert view.asked == 2


@pytest.mark.parametrize(
    "personal",
    [
        lambda request: request.user.email,
        lambda request: request.user.is_authenticated,
        lambda request: request.session.get("passed_page_view_restrictions"),
        get_token,
    ],
)
def test_page_that_asks_who_is_reading_is_never_shared(personal):
    view, user = View(personal), make_user()

    ask(view, user)
    ask(view, user)

    assert view.asked == 2


def test_reader_gets_the_menu_on_a_page_that_is_not_kept_too():
    answer = ask(View(lambda request: request.user.email), make_user(display_name="Анна"))

    assert "Анна" in answer
    assert MENU_MARK not in answer


def test_neither_strangers_nor_forms_nor_parts_go_through_the_members_pages():
    view = View()

    ask(view, AnonymousUser())
    ask(view, make_user(), method="post")
    ask(view, make_user(), **{"hx-request": "true"})
    ask(view, AnonymousUser())

    assert view.asked == 4


def test_message_is_shown_and_not_kept():
    view, user = View(), make_user()
    request = RequestFactory().get("/ru/")
    request.user, request.session = user, SessionStore()
    request._messages = FallbackStorage(request)
    messages.info(request, "Сохранено")

    MemberPagesMiddleware(view)(request)
    ask(view, user)

    assert view.asked == 2


def test_members_and_strangers_pages_are_kept_apart(client, city):
    user = make_user(display_name="Анна")
    client.force_login(user)
    assert "Анна" in client.get("/ru/").content.decode()
    client.logout()

    assert "Анна" not in client.get("/ru/").content.decode()


def test_page_for_members_only_is_asked_for_each_time(client, city):
    item = make_news("Собрание")
    PageViewRestriction.objects.create(page=item, restriction_type=PageViewRestriction.LOGIN)
    client.force_login(make_user())
    assert client.get(item.url).status_code == 200

    PageViewRestriction.objects.update(restriction_type=PageViewRestriction.GROUPS)  # no receiver hears of this

    assert client.get(item.url).status_code != 200


def test_signed_in_reader_of_a_kept_page_costs_three_queries(client, city, django_assert_num_queries):
    client.force_login(make_user())
    client.get("/ru/")

    with django_assert_num_queries(3):  # the reader; what is new for them; whether they may edit
        client.get("/ru/")


def test_front_hands_out_what_the_middleware_kept(client, city):
    kept = client.get("/ru/")

    status, headers, body = call(front(None))

    assert (status, body) == ("200 OK", kept.content)
    assert headers["ETag"] == kept["ETag"]
    assert headers["Content-Security-Policy"] == kept["Content-Security-Policy"]
    assert headers["Content-Length"] == str(len(body))
    assert len(headers["X-Request-ID"]) == 32


def test_front_sends_nothing_the_browser_has(client, city):
    etag = client.get("/ru/")["ETag"]

    status, headers, body = call(front(None), HTTP_IF_NONE_MATCH=etag)

    assert (status, headers["ETag"], body) == ("304 Not Modified", etag, b"")


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_HX_REQUEST": "true"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_COOKIE": "reading=size:200"},
    ],
)
def test_front_leaves_to_django_what_it_cannot_know(client, city, environ):
    client.get("/ru/")
    passed = []

    call(front(lambda environ, start: passed.append(start("418", [])) or [b""]), **environ)

    assert len(passed) == 1


def test_front_serves_no_page_after_a_drop(client, city):
    client.get("/ru/")
    call(front(None))
    passed = []

    drop_now(["settings"])
    call(front(lambda environ, start: passed.append(start("418", [])) or [b""]))

    assert len(passed) == 1


def test_choices_that_nobody_offers_do_not_fill_the_cache():
    view = View()
    for cookie in ("", "nonsense", "size:9000|theme:pink"):
        request = RequestFactory().get("/ru/")
        request.COOKIES["reading"] = request.META["HTTP_COOKIE"] = f"reading={cookie}"
        StoredPagesMiddleware(view)(request)

    assert view.asked == 1


def test_nearest_copies_stay_within_their_measure():
    near = Near(100)
    for name in ("a", "b", "c"):
        near.put(name, StoredPage(b"x" * 40, b"", [], "", {}, None))
    near.put("c", StoredPage(b"x" * 50, b"", [], "", {}, None))

    assert list(near.pages) == ["b", "c"]
    assert near.size == 90
