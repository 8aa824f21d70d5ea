from django.urls import path

from search.views import results_page

app_name = "search"
urlpatterns = [path("", results_page, name="results")]
