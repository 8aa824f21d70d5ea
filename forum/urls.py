"""Addresses below /<language>/forum/. The words beside the boards' are in models.TAKEN_WORDS."""

from django.urls import path

from forum import feeds
from forum.views import moderating, reading, watching, writing

app_name = "forum"
urlpatterns = [
    path("", reading.index, name="index"),
    path("atom/", feeds.ForumFeed(), name="atom"),
    path("following/", watching.following, name="following"),
    path("new/", writing.choose, name="choose"),
    path("watch/", watching.choose, name="watch"),
    path("topics/<int:pk>/", reading.topic, name="topic"),
    path("topics/<int:pk>/json/", reading.topic_json, name="topic_json"),
    path("topics/<int:pk>/atom/", feeds.TopicFeed(), name="topic_atom"),
    path("topics/<int:pk>/unread/", reading.unread, name="unread"),
    path("topics/<int:pk>/reply/", writing.reply, name="reply"),
    path("topics/<int:pk>/arrange/", moderating.arrange, name="arrange"),
    path("posts/<int:pk>/", reading.post, name="post"),
    path("posts/<int:pk>/history/", reading.history, name="history"),
    path("posts/<int:pk>/edit/", writing.edit, name="edit"),
    path("posts/<int:pk>/remove/", writing.remove, name="remove"),
    path("posts/<int:pk>/react/", writing.react, name="react"),
    path("posts/<int:pk>/accept/", writing.accept, name="accept"),
    path("posts/<int:pk>/approve/", moderating.approve, name="approve"),
    path("<slug:slug>/", reading.board, name="board"),
    path("<slug:slug>/atom/", feeds.BoardFeed(), name="board_atom"),
    path("<slug:slug>/new/", writing.start, name="start"),
]
