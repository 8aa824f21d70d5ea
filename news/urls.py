"""Addresses in the CMS, below /cms/."""

from django.urls import path

from news import views

app_name = "news_desk"
urlpatterns = [
    path("", views.Desk.as_view(), name="index"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/decline/", views.Decline.as_view(), name="decline"),
    path("<int:pk>/pin/", views.Pin.as_view(), name="pin"),
    path("<int:pk>/unpin/", views.unpin, name="unpin"),
]
