"""Stand before Wagtail's own addresses and take their place. Wagtail's names lead here too: the paths are the same."""

from django.urls import path

from accounts import cms_views

urlpatterns = [
    path("login/", cms_views.sign_in),
    path("password_reset/", cms_views.new_password),
    path("password_reset/<path:rest>", cms_views.new_password),
    path("account/", cms_views.account),
]
