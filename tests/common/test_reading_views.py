import pytest

from common.reading import COOKIE, Reading, as_cookie, reading_of


def test_choice_is_kept_in_the_cookie_and_leads_back(client):
    chosen = {"size": "150", "contrast": "wb", "spacing": "wide", "images": "off", "theme": "", "next": "/en/news/?p=2"}

    response = client.post("/reading/", chosen)

    assert response.status_code == 302
    assert response["Location"] == "/en/news/?p=2"
    assert response.cookies[COOKIE].value == "size:150|contrast:wb|spacing:wide|images:off"
    assert response.cookies[COOKIE]["samesite"] == "Lax"
    assert response.cookies[COOKIE]["httponly"] is True


def test_values_nobody_offers_are_ignored(client):
    response = client.post("/reading/", {"size": "9000", "contrast": '"><script>', "spacing": "wide", "next": "/ru/"})

    assert response.cookies[COOKIE].value == "spacing:wide"


def test_reset_forgets_the_choice(client):
    client.cookies[COOKIE] = "size:200"

    response = client.post("/reading/", {"size": "200", "reset": "1", "next": "/ru/"})

    assert response.cookies[COOKIE].value == ""
    assert response.cookies[COOKIE]["max-age"] == 0


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "\x08//e.ex"]
)
def test_way_back_never_leaves_the_site(client, elsewhere):
    response = client.post("/reading/", {"size": "150", "next": elsewhere})

    assert response["Location"] == "/"


def test_needs_no_token_and_no_get(client):
    strict = client.__class__(enforce_csrf_checks=True)

    assert strict.post("/reading/", {"size": "150"}).status_code == 302
    assert strict.get("/reading/").status_code == 405


def test_cookie_survives_the_round_trip(rf):
    request = rf.get("/")
    request.COOKIES[COOKIE] = as_cookie(Reading(size="200", theme="dark"))

    assert reading_of(request) == Reading(size="200", theme="dark")
