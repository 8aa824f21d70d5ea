"""Addresses below /<language>/notices/."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.centre, name="centre"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("read/", views.read_all, name="read_all"),
    path("settings/", views.settings, name="settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("mute/<str:token>/", views.mute, name="mute"),
]
