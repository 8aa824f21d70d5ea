"""The page cache on three tiny pages that show how often they were rendered."""

import gzip
import itertools
import time
from datetime import timedelta

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.utils import timezone

from common.page_cache import depends_on, drop, drop_now, dropping_together, fresh_until

renderings = itertools.count()
meanwhile = []


def shown(request):
    depends_on(request, "news", "partner:5")
    for happens in meanwhile:
        happens()
    return HttpResponse(f"rendering {next(renderings)} of {request.get_full_path()}".ljust(2000, "."))


def short_lived(request):
    fresh_until(request, timezone.now() + timedelta(milliseconds=300))
    return shown(request)


def with_form(request):
    depends_on(request, "news")
    return HttpResponse(get_token(request))


def with_nonce(request):
    depends_on(request, "news")
    return HttpResponse(f'<script nonce="{request.csp_nonce}"></script>')


def untagged(request):
    return HttpResponse(str(next(renderings)))


def private(request):
    depends_on(request, "news")
    return HttpResponse(str(next(renderings)), headers={"Cache-Control": "private"})


def missing(request):
    depends_on(request, "news")
    return HttpResponse(str(next(renderings)), status=404)


def no_door(request):
    return HttpResponse()


urlpatterns = i18n_patterns(
    path("shown/", shown),
    path("short/", short_lived),
    path("form/", with_form),
    path("nonce/", with_nonce),
    path("untagged/", untagged),
    path("private/", private),
    path("missing/", missing),
)
urlpatterns.append(path("any-language/", shown))
urlpatterns.append(path("cms/", no_door, name="wagtailadmin_home"))
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _nothing_happens_meanwhile():
    yield
    meanwhile.clear()


def get(address: str = "/ru/shown/", **headers: str) -> bytes:
    return Client().get(address, headers=headers).content


def test_second_reader_gets_the_stored_page():
    assert get() == get()


def test_pages_differ_by_query_host_and_reading_panel(settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    large = Client()
    large.cookies["reading"] = "size:200"

    answers = {get(), get("/ru/shown/?page=2"), get(host="other.example"), large.get("/ru/shown/").content}

    assert len(answers) == 4


def test_dropped_tag_shows_on_the_next_request():
    before = get()

    drop_now(["partner:5"])

    assert get() != before


def test_other_tags_leave_the_page():
    before = get()

    drop_now(["partner:6", "home"])

    assert get() == before


@pytest.mark.django_db(transaction=True)
def test_drop_waits_for_the_commit():
    before = get()

    with transaction.atomic():
        drop("news")
        assert get() == before
    assert get() != before


@pytest.mark.django_db(transaction=True)
def test_what_is_dropped_together_is_dropped_at_the_end():
    before = get()

    with transaction.atomic(), dropping_together():
        drop("news")
        drop("partner:5")
    after = get()

    assert after != before
    assert get() == after


@pytest.mark.django_db(transaction=True)
def test_what_was_dropped_together_and_rolled_back_stays():
    before = get()

    def write_and_fail() -> None:
        with transaction.atomic(), dropping_together():
            drop("news")
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        write_and_fail()

    assert get() == before


def test_page_rendered_beside_a_write_is_never_served_after_it():
    meanwhile.append(lambda: drop_now(["news"]))
    beside = get()
    meanwhile.clear()

    assert get() != beside


def test_forgotten_tag_counts_as_changed_where_something_changed():
    before = get()

    cache.delete("tag:news")
    drop_now(["home"])

    assert get() != before


def test_forgotten_cache_counts_as_changed():
    before = get()

    cache.clear()

    assert get() != before


def test_page_is_rendered_anew_after_its_moment():
    before = get("/ru/short/")
    assert get("/ru/short/") == before

    time.sleep(0.35)

    assert get("/ru/short/") != before


@pytest.mark.django_db
def test_signed_in_reader_neither_gets_nor_fills_the_stored_page(settings):
    stored = get()
    signed_in = Client()
    signed_in.cookies[settings.SESSION_COOKIE_NAME] = "anything"

    theirs = signed_in.get("/ru/shown/").content

    assert theirs != stored
    assert get() == stored


@pytest.mark.parametrize("headers", [{"hx-request": "true"}, {"cookie": "messages=hello"}])
def test_answers_for_one_reader_are_not_shared(headers):
    assert get(**headers) != get(**headers)


def test_form_token_of_one_reader_never_reaches_another(settings):
    first, second = Client(), Client()
    first.get("/ru/form/")
    assert settings.CSRF_COOKIE_NAME in first.cookies

    theirs = first.get("/ru/form/").content

    assert second.get("/ru/form/").content != theirs
    assert second.cookies[settings.CSRF_COOKIE_NAME].value != first.cookies[settings.CSRF_COOKIE_NAME].value


def test_reader_with_a_token_cookie_still_gets_stored_pages():
    reader = Client()
    reader.get("/ru/form/")
    stored = get()

    assert reader.get("/ru/shown/").content == stored


def test_script_nonce_is_not_shared():
    assert get("/ru/nonce/") != get("/ru/nonce/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ru/untagged/", "/ru/private/", "/ru/missing/", "/any-language/"])
def test_pages_untagged_private_missing_or_in_the_browsers_language_are_not_kept(address):
    assert get(address) != get(address)


def test_post_goes_past_the_cache():
    stored = get()

    assert Client().post("/ru/shown/").content != stored


def test_stored_page_is_sent_compressed_to_those_who_ask():
    plain = get()

    response = Client().get("/ru/shown/", headers={"accept-encoding": "br, gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == plain
    assert response["Content-Length"] == str(len(response.content))
    assert response["Vary"] == "Accept-Encoding, Cookie"


@pytest.mark.parametrize("known", ["{}", '"other", {}', "*"])
def test_known_page_is_not_sent_again(known):
    etag = Client().get("/ru/shown/")["ETag"]

    response = Client().get("/ru/shown/", headers={"if-none-match": known.format(etag)})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert "Content-Type" not in response


def test_changed_page_is_sent_though_an_old_one_is_known():
    etag = Client().get("/ru/shown/")["ETag"]

    drop_now(["news"])

    assert Client().get("/ru/shown/", headers={"if-none-match": etag}).status_code == 200


def test_head_has_the_headers_of_the_stored_page_and_no_body():
    stored = Client().get("/ru/shown/")

    response = Client().head("/ru/shown/")

    assert (response.content, response["ETag"], response["Content-Length"]) == (b"", stored["ETag"], "2000")


def test_head_does_not_fill_the_cache():
    Client().head("/ru/shown/")
    before = next(renderings)

    get()

    assert next(renderings) == before + 2


def test_stored_page_keeps_its_headers_but_not_the_first_readers_request_id():
    first, second = Client().get("/ru/shown/"), Client().get("/ru/shown/")

    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["X-Content-Type-Options"] == "nosniff"


def test_overlong_queries_are_not_kept():
    address = "/ru/shown/?q=" + "x" * 400

    assert get(address) != get(address)


def test_cache_that_cannot_be_reached_costs_speed_and_nothing_else(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "common.patient_cache.PatientRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }

    assert get().startswith(b"rendering")
