"""Where allauth asks us: how letters leave, what a new person looks like, where a sign-in leads."""

import base64
import hashlib
import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from accounts import actions
from accounts.models import User
from accounts.queries import person_by_address
from common import city


class AccountAdapter(DefaultAccountAdapter):
    error_messages: dict[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is locked."),
        "duplicate_email": _("This is already the address of your account."),
        "email_password_mismatch": _("The e-mail address or the password is wrong. Check both and try again."),
        "email_taken": _("There is an account with this address already."),
        "enter_current_password": _("This isn’t your current password."),
        "incorrect_code": _("This code isn’t right. Check it, or wait for the next one."),
        "incorrect_password": _("This isn’t your password."),
        "invalid_or_expired_key": _("This link no longer works. Ask for a new one."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "unverified_primary_email": _("Confirm your e-mail address first."),
        "same_as_current": _("This is what it is already."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def new_user(self, request: HttpRequest) -> User:
        return User(language=_offered(get_language()))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return _start_page(request.user)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return _start_page(request.user)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{_offered(get_language())}/"

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if isinstance(user, User):
            remember_language(response, user.language)
        return response

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: Any = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        person = context.get("user") or person_by_address(email)
        language = person.language if isinstance(person, User) else _offered(get_language())
        spoken = {
            name: translate_url(value, language) if name.endswith("_url") else value for name, value in context.items()
        }
        actions.post_letter(email, template_prefix.rsplit("/", 1)[-1], spoken, language=language)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    error_messages: dict[str, Any] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _(
            "There is an account with this address already. Sign in to it first, then connect %s in your account."
        ),
        "invalid_token": _("The other site’s answer can’t be used. Try again."),
        "no_password": _("Set a password first: without it you couldn’t sign in any more."),
        "no_verified_email": _("Confirm your e-mail address first: without it you couldn’t sign in any more."),
        "disconnect_last": _("This is your only way to sign in."),
        "connected_other": _("This account is already connected to somebody else here."),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The way back has no language in its address; the page that the person came from had one."""
        language = translation.get_language_from_path(urlsplit(sociallogin.state.get("next") or "").path)
        if language:
            translation.activate(language)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        names = (data.get("first_name"), data.get("last_name"))
        user.display_name = (data.get("name") or " ".join(name for name in names if name))[:80]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        sociallogin.user.language = _offered(get_language())  # of the form: the way back had none
        return super().save_user(request, sociallogin, form)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        return {
            **super().get_signup_form_initial_data(sociallogin),
            "display_name": getattr(sociallogin.user, "display_name", ""),
        }


class MFAAdapter(DefaultMFAAdapter):
    error_messages: dict[str, Any] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your new e-mail address first, or cancel its change."),
    }

    def _get_site_name(self) -> str:
        return city.name()

    def build_totp_svg(self, url: str) -> str:
        """On white ground: readable for a phone in the dark view too."""
        file = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(file)
        return file.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def remember_language(response: HttpResponse, language: str) -> None:
    """For addresses without a language in them, such as the CMS and the bare domain."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )


def _start_page(user: Any) -> str:
    return f"/{_offered(getattr(user, 'language', None) or get_language())}/"


def _offered(language: str | None) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _fernet() -> MultiFernet:
    """The first key writes; keys that were in use before still read."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa" + str(key).encode()).digest())) for key in secrets]
    )
