"""What an action refuses, in words for the person who asked."""

from django.utils.translation import gettext as _


class RefusedError(Exception):
    """Nothing was written. The text says why, and what to do."""


class AddressNotConfirmedError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("Confirm your e-mail address first: we have sent you a letter with a link."))


class NotAllowedError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("You may not do this here, or not any more."))


class ClosedError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("This topic was closed while you were writing. Nobody can reply to it now."))
