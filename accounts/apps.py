from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user management with our forms. Stands in INSTALLED_APPS instead of ``wagtail.users``."""

    default = False
    user_viewset = "accounts.cms_users.UserViewSet"
