"""tests/database.py itself: a test that commits leaves nothing behind and takes nothing away."""

import pytest
from wagtail.models import Locale, Page

from accounts.models import User


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_committing_test_begins_with_the_migrated_database(turn):
    assert (User.objects.count(), Page.objects.filter(depth=1).count(), Locale.objects.count()) == (0, 1, 1)

    User.objects.create_user(f"anna{turn}@example.org")


@pytest.mark.django_db
def test_rolled_back_test_begins_with_the_migrated_database():
    assert (User.objects.count(), Page.objects.filter(depth=1).count(), Locale.objects.count()) == (0, 1, 1)
