"""Pages about oneself and others, and allauth's under ``accounts/``. All of them begin with a language."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("me/", views.profile, name="me"),
    path("me/security/", views.security, name="my_security"),
    path("me/consents/", views.consents, name="my_consents"),
    path("me/close/", views.close, name="close_account"),
    path("people/<int:pk>/", views.person, name="person"),
    path("accounts/personal-data/", views.personal_data, name="personal_data"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", RedirectView.as_view(pattern_name="my_security")),  # allauth's "mfa_index"
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
]
