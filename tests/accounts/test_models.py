import pytest
from django.db import IntegrityError

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_user_name_never_shows_the_address():
    user = User.objects.create_user("anna@example.org")

    assert str(user) == f"Участник {user.pk}" or str(user) == f"Person {user.pk}"


def test_user_address_is_unique_in_any_case():
    User.objects.create_user("anna@example.org")

    with pytest.raises(IntegrityError):
        User.objects.create_user("Anna@example.org")
