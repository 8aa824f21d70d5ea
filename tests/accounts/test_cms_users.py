import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.factories import make_user

NEW = {"email": "Vera@Example.org", "display_name": "Вера", "language": "be"}


@pytest.fixture
def admin(visitor) -> User:
    person = make_user("admin@example.org", language="en", is_superuser=True)
    visitor.sign_in(person)
    return person


def test_list_names_people_and_finds_them_by_name_and_address(visitor, admin):
    make_user("vera@example.org", display_name="Вера")
    make_user("anna@example.org", display_name="Анна")

    listed = visitor.get("/cms/users/").content.decode()
    by_name = visitor.get("/cms/users/?q=Вера").content.decode()
    by_address = visitor.get("/cms/users/?q=anna@").content.decode()

    assert "vera@example.org" in listed
    assert "anna@example.org" in listed
    assert ("vera@example.org" in by_name, "anna@example.org" in by_name) == (True, False)
    assert ("vera@example.org" in by_address, "anna@example.org" in by_address) == (False, True)


@pytest.mark.parametrize("ordering", ["name", "-name", "email", "last_login", "is_superuser", "nonsense"])
def test_list_can_be_ordered(visitor, admin, ordering):
    make_user(display_name="Вера")

    assert visitor.get(f"/cms/users/?ordering={ordering}").status_code == 200


def test_person_made_in_the_cms_gets_an_invitation_and_chooses_a_password(visitor, admin, link):
    group = Group.objects.create(name="Newsroom")

    page = visitor.get("/cms/users/new/").content.decode()
    visitor.post("/cms/users/new/", {**NEW, "groups": [group.pk]})

    person = User.objects.get(email="vera@example.org")
    assert 'name="password1"' not in page
    assert (person.display_name, person.language, person.has_usable_password()) == ("Вера", "be", False)
    assert list(person.groups.all()) == [group]
    assert mail.outbox[-1].to == ["vera@example.org"]
    invited = type(visitor)()
    form = invited.get(link(), follow=True)
    password = {"password1": "her own choice", "password2": "her own choice"}
    answer = invited.post(form.redirect_chain[-1][0], password)
    assert answer["Location"] == "/be/"
    assert person.emailaddress_set.get().verified
    assert invited.get("/be/me/").status_code == 200


def test_address_that_is_taken_is_refused(visitor, admin):
    make_user("vera@example.org")

    response = visitor.post("/cms/users/new/", NEW)

    assert list(response.context["form"].errors) == ["email"]
    assert User.objects.count() == 2


def test_person_is_changed_in_the_cms(visitor, admin):
    person = make_user("vera@example.org", language="en")
    UserProfile.objects.create(user=person, preferred_language="en")

    page = visitor.get(f"/cms/users/edit/{person.pk}/")
    visitor.post(f"/cms/users/edit/{person.pk}/", {**NEW, "email": "new@example.org", "is_active": "on"})

    person.refresh_from_db()
    assert page.status_code == 200
    assert (person.email, person.display_name, person.is_active) == ("new@example.org", "Вера", True)
    assert list(person.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("new@example.org", False, True)
    ]
    assert UserProfile.objects.get(user=person).preferred_language == "be"


def test_address_that_stays_stays_confirmed(visitor, admin):
    person = make_user("vera@example.org")

    visitor.post(f"/cms/users/edit/{person.pk}/", {**NEW, "is_active": "on"})

    assert person.emailaddress_set.get().verified


def test_locking_somebody_out_works_at_once(visitor, admin):
    person = make_user("vera@example.org")
    theirs = type(visitor)()
    theirs.sign_in(person)

    visitor.post(f"/cms/users/edit/{person.pk}/", NEW)

    assert theirs.get("/en/me/").status_code == 302


def test_administrators_cannot_lock_themselves_out(visitor, admin):
    visitor.post(f"/cms/users/edit/{admin.pk}/", {"display_name": "Я", "language": "en", "email": "other@example.org"})

    admin.refresh_from_db()
    assert (admin.display_name, admin.is_active, admin.is_superuser, admin.email) == (
        "Я",
        True,
        True,
        "admin@example.org",
    )


def test_picture_of_the_profile_stands_in_the_cms(visitor, admin):
    User.objects.update(avatar="avatars/abc/384.webp")

    assert "/media/avatars/abc/96.webp" in visitor.get("/cms/users/").content.decode()


def test_person_is_deleted_in_the_cms(visitor, admin):
    person = make_user("vera@example.org")

    visitor.post(f"/cms/users/delete/{person.pk}/")

    assert not User.objects.filter(pk=person.pk).exists()


@pytest.fixture
def caretaker(visitor) -> User:
    """May look after people's accounts, and nothing else."""
    group = Group.objects.create(name="Caretakers")
    codenames = ("access_admin", "see_every_partner", "add_user", "change_user", "delete_user")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    person = make_user("caretaker@example.org", language="en")
    person.groups.add(group)
    visitor.sign_in(person)
    return person


def test_caretakers_cannot_make_administrators(visitor, caretaker):
    person = make_user("vera@example.org")

    visitor.post("/cms/users/new/", {**NEW, "email": "new@example.org", "is_superuser": "on"})
    visitor.post(f"/cms/users/edit/{person.pk}/", {**NEW, "is_active": "on", "is_superuser": "on"})

    assert not User.objects.get(email="new@example.org").is_superuser
    person.refresh_from_db()
    assert (person.display_name, person.is_superuser) == ("Вера", False)


@pytest.mark.parametrize("path", ["edit", "delete"])
def test_caretakers_cannot_touch_administrators(visitor, caretaker, path):
    person = make_user("root@example.org", is_superuser=True)

    response = visitor.post(f"/cms/users/{path}/{person.pk}/", {**NEW, "is_active": "on"})

    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.email, person.is_superuser) == ("root@example.org", True)


@pytest.mark.parametrize(
    "path",
    [
        "users/",
        "users/results/?q=a",
        "users/new/",
        "users/edit/{pk}/",
        "users/history/{pk}/",
        "users/delete/{pk}/",
        "groups/",
        "groups/new/",
        "bulk/accounts/user/delete/?id={pk}",
        "bulk/accounts/user/assign_role/?id={pk}",
        "bulk/accounts/user/set_active_state/?id={pk}",
        "reports/site-history/",
        "account/",
    ],
)
def test_pages_about_people_open(visitor, admin, path):
    person = make_user("vera@example.org", display_name="Вера")

    assert visitor.get("/cms/" + path.format(pk=person.pk)).status_code == 200


def test_many_people_are_locked_out_at_once(visitor, admin):
    people = [make_user() for _ in range(2)]
    ids = "&".join(f"id={person.pk}" for person in people)

    visitor.post(f"/cms/bulk/accounts/user/set_active_state/?{ids}", {"mark_as_active": "False"})

    assert not User.objects.filter(pk__in=[person.pk for person in people], is_active=True).exists()
