"""Addresses in the CMS, below /cms/."""

from django.urls import path

from partners.views import coordination

app_name = "coordination"
urlpatterns = [
    path("", coordination.PartnerList.as_view(), name="index"),
    path("new/", coordination.NewPartner.as_view(), name="new"),
    path("<int:pk>/", coordination.PrivatePart.as_view(), name="edit"),
    path("<int:pk>/team/", coordination.Team.as_view(), name="team"),
    path("<int:pk>/team/<int:person>/remove/", coordination.remove, name="remove"),
    path("<int:pk>/archive/", coordination.Archive.as_view(), name="archive"),
]
