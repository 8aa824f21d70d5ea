"""Addresses in the CMS, below /cms/."""

from django.urls import path

from search import report_views

app_name = "search_report"
urlpatterns = [
    path("", report_views.Report.as_view(), name="index"),
    path("csv/", report_views.download, name="csv"),
]
