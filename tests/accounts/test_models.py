import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_user_name_never_shows_the_address():
    user = User.objects.create_user("anna@example.org")

    assert "anna" not in str(user)
    assert str(user.pk) in str(user)


def test_user_address_is_unique_in_any_case():
    User.objects.create_user("anna@example.org")

    with pytest.raises(IntegrityError):
        User.objects.create_user("Anna@example.org")


def test_user_address_in_capitals_cannot_slip_in():
    with pytest.raises(IntegrityError):
        User(email="Anna@example.org").save()


def test_user_is_found_by_address_in_any_case():
    user = User.objects.create_user("anna@example.org")

    assert User.objects.get_by_natural_key("ANNA@example.org") == user


def test_user_without_an_address_is_refused():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")


def test_superuser_made_on_the_command_line_needs_no_letter():
    user = User.objects.create_superuser("Root@example.org", "secret")

    assert (user.is_staff, user.is_superuser) == (True, True)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("root@example.org", True, True)]
