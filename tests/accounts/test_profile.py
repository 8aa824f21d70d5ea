import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.users.models import UserProfile

from accounts import actions
from accounts.models import User
from tests.factories import make_district, make_user

ALL = {"display_name": "Анна", "language": "en", "bio": "Люблю шить.", "district": ""}


def picture(width: int = 600, height: int = 400, kind: str = "JPEG", **save) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind, **save)
    return SimpleUploadedFile("../../evil.php", file.getvalue(), content_type="text/html")


@pytest.fixture
def anna(visitor) -> User:
    person = make_user("anna@example.org", display_name="Анна", language="en")
    visitor.force_login(person)
    return person


def test_profile_is_closed_to_visitors(visitor):
    assert visitor.get("/en/me/")["Location"] == "/en/accounts/login/?next=/en/me/"


def test_profile_is_saved(visitor, anna):
    district = make_district()

    response = visitor.post("/en/me/", {**ALL, "district": district.slug, "show_profile": "on"})

    anna.refresh_from_db()
    assert response["Location"] == "/en/me/"
    assert (anna.display_name, anna.bio, anna.district, anna.show_profile, anna.show_bio) == (
        "Анна",
        "Люблю шить.",
        district,
        True,
        False,
    )


def test_new_language_counts_at_once_everywhere(visitor, anna):
    UserProfile.objects.create(user=anna, preferred_language="en")

    response = visitor.post("/en/me/", {**ALL, "language": "be"})

    assert response["Location"] == "/be/me/"
    assert visitor.cookies["django_language"].value == "be"
    assert UserProfile.objects.get().preferred_language == "be"


def test_picture_is_written_anew_square_and_without_metadata(visitor, anna):
    camera = Image.Exif()
    camera[0x010F] = "Spy Camera"

    visitor.post("/en/me/", {**ALL, "picture": picture(exif=camera)})

    anna.refresh_from_db()
    for name, side in ((anna.avatar.name, 384), (anna.avatar.name.replace("384", "96"), 96)):
        with default_storage.open(name) as file, Image.open(file) as kept:
            assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (side, side), {})
    assert "evil" not in anna.avatar.name
    assert anna.small_picture_url == f"/media/{anna.avatar.name.replace('384', '96')}"


def test_picture_taken_sideways_stands_upright(visitor, anna):
    turned = Image.Exif()
    turned[0x0112] = 6
    sideways = Image.new("RGB", (400, 400), "white")
    sideways.paste("black", (0, 0, 200, 400))
    file = io.BytesIO()
    sideways.save(file, "JPEG", exif=turned)

    visitor.post("/en/me/", {**ALL, "picture": SimpleUploadedFile("a.jpg", file.getvalue())})

    anna.refresh_from_db()
    with default_storage.open(anna.avatar.name) as kept, Image.open(kept) as opened:
        upright = opened.convert("L")
    assert upright.getpixel((192, 40)) < 60
    assert upright.getpixel((192, 340)) > 200


def test_new_picture_and_removal_leave_no_old_files(visitor, anna):
    visitor.post("/en/me/", {**ALL, "picture": picture()})
    anna.refresh_from_db()
    first = anna.avatar.name
    visitor.post("/en/me/", {**ALL, "picture": picture()})
    anna.refresh_from_db()
    second = anna.avatar.name
    visitor.post("/en/me/", {**ALL, "drop_picture": "on"})
    anna.refresh_from_db()

    assert not any(default_storage.exists(name) for name in (first, first.replace("384", "96"), second))
    assert anna.avatar.name == ""


def test_profile_saved_without_a_file_keeps_the_picture(visitor, anna):
    visitor.post("/en/me/", {**ALL, "picture": picture()})

    visitor.post("/en/me/", ALL)

    anna.refresh_from_db()
    assert default_storage.exists(anna.avatar.name)


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (SimpleUploadedFile("a.jpg", b"MZ\x90\0" * 100), "can’t be read as a picture"),
        (SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "can’t be read"),
        (picture(kind="GIF"), "can’t be read as a picture"),
        (picture(8000, 6000, "PNG"), "at most 40 megapixels"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"0" * (8 * 1024 * 1024)), "at most 8 MB"),
        (SimpleUploadedFile("a.jpg", picture().read()[:2000]), "can’t be read as a picture"),
    ],
    ids=["executable", "svg", "gif", "bomb", "big", "cut off"],
)
def test_picture_that_lies_or_is_too_big_is_refused_with_the_reason(visitor, anna, upload, reason):
    upload.seek(0)

    response = visitor.post("/en/me/", {**ALL, "picture": upload})

    assert reason in response.context["form"].errors["picture"][0]
    anna.refresh_from_db()
    assert anna.avatar.name == ""


def test_district_that_nobody_offers_is_refused(visitor, anna):
    response = visitor.post("/en/me/", {**ALL, "district": "atlantis"})

    assert list(response.context["form"].errors) == ["district"]


# --- what others see ----------------------------------------------------------------------------------------------
SHOWN = {"show_profile": True, "show_avatar": True, "show_bio": True, "show_district": True}


@pytest.fixture
def full(anna, visitor) -> User:
    """Everything that could leak is there."""
    anna.district = make_district("oktyabrsky", "Октябрьский")
    anna.bio = "Люблю шить."
    anna.avatar = "avatars/abc/384.webp"
    anna.save()
    visitor.logout()
    return anna


def secrets(person: User) -> dict[str, str]:
    return {"show_bio": "Люблю шить", "show_district": "Октябрьский", "show_avatar": "avatars/abc"}


def test_profile_is_hidden_until_its_owner_shows_it(visitor, full):
    assert visitor.get(f"/en/people/{full.pk}/").status_code == 404


@pytest.mark.parametrize("viewer", ["nobody", "somebody", "administrator"])
def test_hidden_profile_is_hidden_from_everybody(visitor, full, viewer):
    if viewer != "nobody":
        visitor.force_login(make_user(is_superuser=viewer == "administrator"))

    response = visitor.get(f"/en/people/{full.pk}/")

    assert response.status_code == 404
    assert "Анна" not in response.content.decode()


def test_profile_that_its_owner_hides_is_gone_at_once(visitor, full):
    User.objects.update(**SHOWN)
    seen = [visitor.get(f"/en/people/{full.pk}/").status_code for _ in range(3)]

    User.objects.update(show_profile=False)

    assert seen == [200, 200, 200]
    assert visitor.get(f"/en/people/{full.pk}/").status_code == 404


def test_shown_profile_holds_all_that_was_chosen(visitor, full):
    User.objects.update(**SHOWN)

    html = visitor.get(f"/en/people/{full.pk}/").content.decode()

    assert "<title>Анна" in html
    assert all(secret in html for secret in secrets(full).values())
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("hidden", ["show_bio", "show_district", "show_avatar"])
def test_what_is_hidden_stands_nowhere_in_the_page(visitor, full, hidden):
    User.objects.update(**{**SHOWN, hidden: False})

    html = visitor.get(f"/en/people/{full.pk}/").content.decode()

    for flag, secret in secrets(full).items():
        assert (secret in html) is (flag != hidden)


def test_address_never_stands_in_a_profile(visitor, full):
    User.objects.update(**SHOWN, display_name="")

    html = visitor.get(f"/en/people/{full.pk}/").content.decode()

    assert f"Person {full.pk}" in html
    assert "anna@example.org" not in html
    assert "anna" not in html.lower()


def test_locked_person_has_no_profile(visitor, full):
    User.objects.update(**SHOWN, is_active=False)

    assert visitor.get(f"/en/people/{full.pk}/").status_code == 404


def test_bio_is_text_and_never_markup(visitor, full):
    User.objects.update(**SHOWN, bio="<script>alert(1)</script>\n\nsecond")

    html = visitor.get(f"/en/people/{full.pk}/").content.decode()

    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in html


# --- queries ------------------------------------------------------------------------------------------------------
def warm(visitor, path: str) -> None:
    """The city's frame and words come from the cache."""
    for _ in range(2):
        visitor.get(path)


def test_own_profile_page_queries(visitor, full, django_assert_num_queries):
    visitor.force_login(full)
    warm(visitor, "/en/me/")

    with django_assert_num_queries(4):
        visitor.get("/en/me/")


def test_security_page_queries_do_not_grow(visitor, full, with_codes, django_assert_num_queries):
    visitor.sign_in(full)
    warm(visitor, "/en/me/security/")
    with django_assert_num_queries(7):
        visitor.get("/en/me/security/")
    with_codes(full)
    for _ in range(3):
        type(visitor)().sign_in(full)

    with django_assert_num_queries(7):
        visitor.get("/en/me/security/")


@pytest.mark.parametrize("people", [1, 3])
def test_public_profile_queries(visitor, full, people, django_assert_num_queries):
    User.objects.update(**SHOWN)
    for _ in range(people - 1):
        make_user(**SHOWN)
    warm(visitor, f"/en/people/{full.pk}/")

    with django_assert_num_queries(1):
        visitor.get(f"/en/people/{full.pk}/")


def test_profile_saved_beside_an_administrator_does_not_unlock_the_account(db):
    anna = make_user(display_name="Anna")
    read_before = User.objects.get(pk=anna.pk)
    User.objects.filter(pk=anna.pk).update(is_active=False, password="changed")

    read_before.display_name = "Anna B."
    actions.save_profile(read_before)

    anna.refresh_from_db()
    assert (anna.is_active, anna.password, anna.display_name) == (False, "changed", "Anna B.")
