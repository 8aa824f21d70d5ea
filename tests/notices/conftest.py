import pytest

from accounts.models import User
from notices import kinds
from notices.enums import Group
from tests.factories import make_user

MAY_SEE: dict[str, bool] = {}


@pytest.fixture(autouse=True)
def _kinds():
    """What an app above would register; who is named in MAY_SEE as False has lost the right to read."""

    def may_see(user, notice) -> bool:
        return MAY_SEE.get(user.email, True)

    how = {"label": "A test", "sentence": lambda params: f"{params['actor']}: {params.get('what', '')}".strip()}
    kinds.register("test", **how, may_see=may_see)
    kinds.register("to_me", **how, may_see=may_see, group=Group.PERSONAL, mute=lambda person, thread: None)
    kinds.register("test_decision", **how, may_see=may_see, always=True)
    yield
    MAY_SEE.clear()
    for name in ("test", "to_me", "test_decision"):
        kinds.unregister(name)


@pytest.fixture
def anna(db) -> User:
    return make_user("anna@example.org", display_name="Анна", language="en")


@pytest.fixture
def boris(db) -> User:
    return make_user("boris@example.org", display_name="Борис", language="en")
