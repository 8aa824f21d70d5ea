"""Stand before Wagtail's own addresses and take their place, under the same names and paths."""

from django.urls import path

from accounts import cms_views

urlpatterns = [
    path("login/", cms_views.sign_in, name="wagtailadmin_login"),
    path("password_reset/", cms_views.new_password, name="wagtailadmin_password_reset"),
    path("password_reset/<path:rest>", cms_views.new_password),
    path("account/", cms_views.account, name="wagtailadmin_account"),
]
