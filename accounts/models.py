"""A person with an account. Signs in by e-mail; the public name is free to choose."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxLengthValidator
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import avatars
from accounts.enums import ConsentKind

NOBODYS_HOST = "invalid.invalid"  # of the addresses of closed accounts
RIGHTS = """
SELECT t.app_label, p.codename
FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
WHERE p.id IN (
    SELECT permission_id FROM accounts_user_user_permissions WHERE user_id = %s
    UNION
    SELECT g.permission_id FROM auth_group_permissions g JOIN accounts_user_groups u USING (group_id)
    WHERE u.user_id = %s
)
"""


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Whoever may run this command answers for the address: nobody has to confirm it by a letter."""
        from allauth.account.models import EmailAddress

        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(
        pgettext_lazy("person", "name"), max_length=80, blank=True, help_text=_("Shown beside what you write.")
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    district = models.ForeignKey(
        "common.District",
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    bio = models.TextField(_("about yourself"), max_length=500, blank=True, validators=[MaxLengthValidator(500)])
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    show_profile = models.BooleanField(_("let others see my profile page"), default=False)
    show_avatar = models.BooleanField(_("show my picture there"), default=False)
    show_bio = models.BooleanField(_("show what I wrote about myself there"), default=False)
    show_district = models.BooleanField(_("show my district there"), default=False)
    silent_until = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Until then nothing may be written. Kept by the board."
    )
    profile_held_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Since then a moderator has to look at the page first."
    )
    is_staff = models.BooleanField(_("may open the technical administration"), default=False)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick this to lock somebody out without deleting what they wrote.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        # Together with unique=True: one account per address, however it is typed.
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    def get_full_name(self) -> str:
        """Never the address: this is shown beside what a person wrote."""
        return self.display_name or str(_("Person %(number)s") % {"number": self.pk})

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def can_edit_site(self) -> bool:
        """Every page that a signed-in reader opens asks this."""
        return self.has_right("wagtailadmin.access_admin")

    def has_right(self, name: str) -> bool:
        """As has_perm, in one query for all that a page asks."""
        if not self.is_active or self.is_superuser:
            return self.is_active
        known: set[str] | None = vars(self).get("_perm_cache")  # Django's, once has_perm was asked
        return name in (self.rights if known is None else known)

    @cached_property
    def rights(self) -> frozenset[str]:
        """``app.codename`` of each, one's own and those of one's groups. In SQL, for every page of a member asks."""
        with connection.cursor() as cursor:
            cursor.execute(RIGHTS, [self.pk, self.pk])
            return frozenset(f"{app}.{name}" for app, name in cursor.fetchall())

    @property
    def has_page(self) -> bool:
        """Of one's own, that everybody may open."""
        return self.is_active and self.show_profile and self.profile_held_at is None

    @property
    def picture_url(self) -> str:
        return self.avatar.url if self.avatar else ""

    @property
    def small_picture_url(self) -> str:
        return avatars.beside(self.avatar.url, avatars.SMALL) if self.avatar else ""

    def clean(self) -> None:
        self.email = self.email.lower()


class Consent(models.Model):
    """What a person agreed to, which wording of it, and until when."""

    person = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(_("to what"), max_length=30, choices=ConsentKind.choices)
    version = models.CharField(_("version of the text"), max_length=20)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(withdrawn_at=None), name="consent_one_in_force_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_given_before_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.version}"


class Letter(models.Model):
    """A mail on its way. Written in the transaction that gives the reason for it, sent by a worker after the commit.

    Once sent, the words are wiped: they may hold a key that opens the account.
    """

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    taken_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [models.Index(fields=["sent_at"], name="letter_sent_at")]

    def __str__(self) -> str:
        return self.subject
