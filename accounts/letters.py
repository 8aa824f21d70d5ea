"""The words of every letter about an account. One source for both parts: plain text and HTML say the same.

The keys of ``LETTERS`` are allauth's names for the occasions, without the ``…/email/`` before them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.templatetags.accounts import browser, other_site
from common import city
from common.dates import exact

SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Words:
    """``button`` is a label and an address; ``facts`` are labels and values; ``reason`` tells why the letter came."""

    subject: str
    paragraphs: tuple[str, ...] = ()
    button: tuple[str, str] | None = None
    after: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(words: Words, language: str) -> Rendered:
    """Words that were gathered in the same language."""
    with override(language):
        context = {
            "words": words,
            "city_name": city.name(),
            "home_url": f"{settings.BASE_URL}/{language}/",
            "LANGUAGE_CODE": language,
        }
        subject = f"{' '.join(words.subject.split())} — {city.name()}"
        return Rendered(
            subject=subject[:SUBJECT_LENGTH],
            text=render_to_string("email/letter.txt", context).strip() + "\n",
            html=render_to_string("email/letter.html", context),
        )


def compose(occasion: str, context: Mapping[str, Any], language: str) -> Rendered:
    with override(language):
        words = LETTERS[occasion](context)
    return render(words, language)


def _confirm_address(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("Confirm your e-mail address"),
        paragraphs=(
            _("Somebody, most likely you, gave this address for an account on our site. Please confirm it is yours."),
        ),
        button=(_("Confirm the address"), context["activate_url"]),
        after=(_("The link works for three days."),),
        reason=_("If it wasn’t you, do nothing: without confirmation the address stays unused."),
    )


def _confirm_account(context: Mapping[str, Any]) -> Words:
    return replace(
        _confirm_address(context),
        subject=_("Confirm your e-mail address to finish signing up"),
        paragraphs=(_("Thank you for signing up. One step is left: please confirm that this address is yours."),),
    )


def _account_exists(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("You already have an account"),
        paragraphs=(
            _("Somebody, most likely you, tried to sign up with this address. There is an account with it already."),
            _("If you don’t remember the password, set a new one."),
        ),
        button=(_("Set a new password"), context["password_reset_url"]),
        reason=_("If it wasn’t you, do nothing: nobody has learnt that you have an account, and nothing has changed."),
    )


def _reset_password(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("Set a new password"),
        paragraphs=(_("Somebody, most likely you, asked for a new password for your account."),),
        button=(_("Set a new password"), context["password_reset_url"]),
        after=(_("The link works for three days and only once."),),
        reason=_("If it wasn’t you, do nothing: your password stays as it is."),
    )


def _unknown_account(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("There is no account with this address"),
        paragraphs=(
            _("Somebody, most likely you, asked for a new password. There is no account with this address."),
            _("Perhaps you signed up with another one. You can also sign up now."),
        ),
        button=(_("Sign up"), context["signup_url"]),
        reason=_("If it wasn’t you, do nothing."),
    )


def _invitation(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("An account has been made for you"),
        paragraphs=(
            _("%(city)s has made an account for you. Choose a password, and you can begin.") % {"city": city.name()},
        ),
        button=(_("Choose a password"), context["password_reset_url"]),
        after=(_("The link works for three days. Later you can ask for another one: “I forgot my password”."),),
        reason=_("If you didn’t expect this letter, do nothing: without a password the account can’t be used."),
    )


def _change(subject: Callable[[], str], sentence: Callable[[Mapping[str, Any]], str]) -> Callable[..., Words]:
    """A letter that tells of a change, with the circumstances by which people recognise their own doing."""

    def words(context: Mapping[str, Any]) -> Words:
        return Words(
            subject=subject(),
            paragraphs=(sentence(context),),
            facts=(
                (_("When"), exact(context["timestamp"])),
                (_("Network address"), context["ip"]),
                (_("Browser"), browser(context["user_agent"])),
            ),
            reason=_(
                "If it wasn’t you, set a new password at once and look at “Sign-in and security” in your account."
            ),
        )

    return words


LETTERS: Mapping[str, Callable[[Mapping[str, Any]], Words]] = {
    "email_confirmation": _confirm_address,
    "email_confirmation_signup": _confirm_account,
    "account_already_exists": _account_exists,
    "password_reset_key": _reset_password,
    "unknown_account": _unknown_account,
    "invitation": _invitation,
    "email_changed": _change(
        lambda: _("Your e-mail address was changed"),
        lambda context: _("You used to sign in with %(from_email)s; from now on it is %(to_email)s.") % context,
    ),
    "email_deleted": _change(
        lambda: _("An e-mail address was removed"),
        lambda context: _("The address %(deleted_email)s no longer belongs to your account.") % context,
    ),
    "password_changed": _change(
        lambda: _("Your password was changed"), lambda context: _("The password of your account was changed.")
    ),
    "password_set": _change(
        lambda: _("Your account has a password now"), lambda context: _("A password was set for your account.")
    ),
    "password_reset": _change(
        lambda: _("Your password was changed"),
        lambda context: _("The password of your account was changed by the link from a letter."),
    ),
    "totp_activated": _change(
        lambda: _("Sign-in codes are switched on"),
        lambda context: _("From now on a code from an app is asked for when somebody signs in to your account."),
    ),
    "totp_deactivated": _change(
        lambda: _("Sign-in codes are switched off"),
        lambda context: _("A code from an app is no longer asked for when somebody signs in to your account."),
    ),
    "recovery_codes_generated": _change(
        lambda: _("New recovery codes"),
        lambda context: _("New recovery codes were made for your account. The old ones no longer work."),
    ),
    "webauthn_added": _change(
        lambda: _("A passkey was added"), lambda context: _("A passkey or security key was added to your account.")
    ),
    "webauthn_removed": _change(
        lambda: _("A passkey was removed"),
        lambda context: _("A passkey or security key was removed from your account."),
    ),
    "account_connected": _change(
        lambda: _("Another way to sign in was added"),
        lambda context: _("From now on %(provider)s can be used to sign in to your account.") % _named(context),
    ),
    "account_disconnected": _change(
        lambda: _("A way to sign in was removed"),
        lambda context: _("%(provider)s can no longer be used to sign in to your account.") % _named(context),
    ),
}


def _named(context: Mapping[str, Any]) -> dict[str, str]:
    return {"provider": other_site(context["provider"].id)}
