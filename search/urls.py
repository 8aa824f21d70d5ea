from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from search import embedding
from search.click_views import clicked
from search.feeds import SearchFeed, calendar_file
from search.saved import views as saved
from search.suggest_views import suggestions
from search.views import results_page

app_name = "search"
urlpatterns = [
    path("", results_page, name="results"),
    path("atom/", require_safe(conditional_page(SearchFeed())), name="atom"),
    path("calendar.ics", calendar_file, name="calendar"),
    path("clicked/", clicked, name="clicked"),
    path("follow/", saved.follow, name="follow"),
    path("follow/sent/", saved.sent, name="follow_sent"),
    path("follow/confirm/<str:token>/", saved.confirm, name="confirm"),
    path("follow/agree/<str:token>/", saved.agree, name="agree"),
    path("follow/stop/<str:token>/", saved.stop, name="stop"),
    path("follow/mine/", saved.mine, name="mine"),
    path("follow/<str:token>/", saved.manage, name="manage"),
    path("suggest/", suggestions, name="suggest"),
    path("embed/", embedding.code, name="embed_code"),
]
