import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from tests.factories import make_user


@pytest.fixture
def council(db) -> Group:
    """A group with a board of its own."""
    return Group.objects.create(name="Youth council")


@pytest.fixture
def member(db) -> User:
    return make_user(display_name="Марина Климова")


@pytest.fixture
def moderator(db) -> User:
    """Of one board's group, without rights elsewhere."""
    user = make_user(display_name="Глафира Петрова")
    user.groups.add(Group.objects.get_or_create(name="Board keepers")[0])
    return user


@pytest.fixture
def keepers(moderator) -> Group:
    return moderator.groups.get()
