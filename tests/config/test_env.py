from datetime import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Environment


def env(**variables: str) -> Environment:
    return Environment(variables)


def refusal(read, *args, **options) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        read(*args, **options)
    return str(caught.value)


def test_text_is_read_and_stripped():
    assert env(LC_CITY=" город ").text("LC_CITY") == "город"


def test_variable_that_is_empty_counts_as_not_set():
    assert env(LC_CITY=" ").text("LC_CITY", "default") == "default"


def test_variable_without_default_must_be_set():
    assert refusal(env().text, "LC_CITY") == "LC_CITY is not set; expected a text of at least 1 characters."


def test_text_outside_its_choices_is_refused():
    message = refusal(env(LC_LEVEL="LOUD").text, "LC_LEVEL", choices=("INFO", "ERROR"))

    assert message == "LC_LEVEL is 'LOUD'; expected one of INFO, ERROR."


def test_text_that_is_too_short_is_refused_without_showing_the_secret():
    message = refusal(env(LC_SECRET_KEY="hush").text, "LC_SECRET_KEY", shortest=50)

    assert message == "LC_SECRET_KEY is not understood; expected a text of at least 50 characters."


@pytest.mark.parametrize(
    ("value", "expected"), [("yes", True), ("On", True), ("1", True), ("TRUE", True), ("no", False), ("0", False)]
)
def test_flag_is_read(value, expected):
    assert env(LC_FLAG=value).flag("LC_FLAG") is expected


def test_flag_that_is_neither_is_refused():
    message = refusal(env(LC_FLAG="maybe").flag, "LC_FLAG")

    assert message == "LC_FLAG is 'maybe'; expected yes or no (also 1/0, true/false, on/off)."


@pytest.mark.parametrize(("value", "expected"), [("7", 7), ("-3", -3), ("10", 10)])
def test_number_is_read(value, expected):
    assert env(LC_NUMBER=value).number("LC_NUMBER", low=-3, high=10) == expected


@pytest.mark.parametrize("value", ["11", "-4", "--5", "²", "1.5", "ten", "9" * 5000])
def test_number_outside_its_range_or_no_number_is_refused(value):
    message = refusal(env(LC_NUMBER=value).number, "LC_NUMBER", low=-3, high=10)

    assert message == f"LC_NUMBER is {value!r}; expected a whole number from -3 to 10."


def test_words_are_split_at_commas():
    assert env(LC_HOSTS="a.example, b.example,,").words("LC_HOSTS") == ["a.example", "b.example"]


def test_folder_is_made_absolute():
    assert env(LC_FOLDER="some/../folder").folder("LC_FOLDER") == Path.cwd() / "folder"


def test_file_is_read_where_it_is_there(tmp_path):
    path = tmp_path / "ca.crt"
    path.touch()

    assert env(LC_CA=str(path)).file("LC_CA") == str(path)
    assert env().file("LC_CA", "") == ""
    assert refusal(env(LC_CA="/no/such").file, "LC_CA") == (
        "LC_CA is '/no/such'; expected the path of a file that can be read."
    )


@pytest.mark.parametrize("value", ["City", "1city", "city_ru", "город", "a" * 61])
def test_slug_of_other_signs_is_refused(value):
    assert env(LC_PREFIX="city-2").slug("LC_PREFIX") == "city-2"
    assert refusal(env(LC_PREFIX=value).slug, "LC_PREFIX").startswith(f"LC_PREFIX is {value!r}; expected small letters")


def test_url_is_read_without_its_last_slash():
    assert env(LC_BASE_URL="https://city.example/").url("LC_BASE_URL") == "https://city.example"


@pytest.mark.parametrize("value", ["city.example", "ftp://city.example", "http://[city"])
def test_url_of_another_scheme_is_refused(value):
    message = refusal(env(LC_BASE_URL=value).url, "LC_BASE_URL", schemes=("https",))

    assert message == "LC_BASE_URL is not understood; expected an address that begins with https://."


def test_sqlite_database_is_read():
    assert env(LC_DATABASE_URL="sqlite:////srv/city%20db.sqlite3").database("LC_DATABASE_URL") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/srv/city db.sqlite3",
    }


def test_postgres_database_is_read():
    url = "postgres://city:p%40ss@db.example:5433/learning?sslmode=require"

    assert env(LC_DATABASE_URL=url).database("LC_DATABASE_URL") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "learning",
        "USER": "city",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "url", ["mysql://city:hush@db/learning", "postgres://city:hush@db", "postgres://city:hu/sh@db/x", "sqlite://"]
)
def test_database_that_is_not_understood_is_refused_without_showing_the_password(url):
    message = refusal(env(LC_DATABASE_URL=url).database, "LC_DATABASE_URL")

    assert message == (
        "LC_DATABASE_URL is not understood; expected sqlite:////path or postgres://user:password@host:port/name."
    )


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtps://mail.example", 465, True, False),
        ("smtp+tls://mail.example", 587, False, True),
        ("smtp+tls://mail.example:2525", 2525, False, True),
    ],
)
def test_mail_server_is_read(url, port, ssl, tls):
    settings = env(LC_EMAIL_URL=url.replace("://", "://city%40example:p%3Ass@")).mail("LC_EMAIL_URL")

    assert settings == {
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "city@example",
        "EMAIL_HOST_PASSWORD": "p:ss",
        "EMAIL_USE_SSL": ssl,
        "EMAIL_USE_TLS": tls,
    }


def test_mail_server_that_is_not_understood_is_refused_without_showing_the_password():
    message = refusal(env(LC_EMAIL_URL="smtp://city:hush@mail.example:hush").mail, "LC_EMAIL_URL")

    assert (
        message == "LC_EMAIL_URL is not understood; expected smtp://, smtps:// or smtp+tls://user:password@host:port."
    )


def test_unknown_variable_stops_the_start_with_its_name():
    variables = env(LC_CITY="город", LC_CITIES="города", PATH="/bin")
    variables.text("LC_CITY")

    assert refusal(variables.refuse_unknown) == "Unknown setting LC_CITIES. Known are: LC_CITY."


def test_known_variables_are_not_refused():
    variables = env(LC_CITY="город", PATH="/bin")
    variables.text("LC_CITY")

    variables.refuse_unknown()


@pytest.mark.parametrize("name", ["LC_ALL", "LC_CTYPE", "LC_TIME", "LC_TERMINAL", "LC_TEST_POSTGRES_URL"])
def test_locale_terminal_and_test_variables_are_not_ours(name):
    env(**{name: "C.UTF-8"}).refuse_unknown()


def test_hours_are_read_over_midnight_too():
    assert env(LC_QUIET_HOURS="22:00-07:30").hours("LC_QUIET_HOURS") == (time(22), time(7, 30))


def test_no_hours_are_said_by_a_word():
    assert env(LC_QUIET_HOURS="none").hours("LC_QUIET_HOURS", (time(22), time(7))) is None


@pytest.mark.parametrize("value", ["22-7", "25:00-07:00", "22:00", "night"])
def test_hours_that_are_none_are_refused(value):
    message = refusal(env(LC_QUIET_HOURS=value).hours, "LC_QUIET_HOURS")

    assert message == f"LC_QUIET_HOURS is {value!r}; expected hours as 22:00-07:00, or none."
