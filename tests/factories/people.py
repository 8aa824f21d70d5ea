from itertools import count
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User

numbers = count(1)


def make_user(email: str = "", *, password: str = "correct horse", **fields: Any) -> User:
    """Somebody with a confirmed address."""
    number = next(numbers)
    user = User.objects.create_user(
        email or f"person{number}@example.org", password, **{"display_name": f"Person {number}", **fields}
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
