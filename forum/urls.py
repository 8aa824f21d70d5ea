"""Addresses below /<language>/forum/. The words beside the boards' are in models.TAKEN_WORDS."""

from django.urls import path

from forum import feeds
from forum.views import desk, moderating, reading, safety, watching, writing

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
    path("posts/<int:pk>/report/", safety.report_post, name="report"),
    path("posts/<int:pk>/why/", safety.why, name="why"),
    path("posts/<int:pk>/restore/", moderating.restore, name="restore"),
    path("people/<int:pk>/report/", safety.report_person, name="report_person"),
    path("people/<int:pk>/block/", safety.block, name="block"),
    path("reports/", safety.reports, name="reports"),
    path("decisions/", safety.decisions, name="decisions"),
    path("decisions/<int:pk>/", safety.decision, name="decision"),
    path("blocked/", safety.blocked, name="blocked"),
    path("desk/", desk.desk, name="desk"),
    path("desk/<int:pk>/", desk.case, name="case"),
    path("desk/<int:pk>/take/", desk.take, name="take"),
    path("desk/people/<int:pk>/", desk.person, name="desk_person"),
    path("desk/people/<int:pk>/note/", desk.note, name="note"),
    path("desk/people/<int:pk>/sanction/", desk.sanction, name="sanction"),
    path("desk/sanctions/<int:pk>/lift/", desk.lift, name="lift"),
    path("<slug:slug>/", reading.board, name="board"),
    path("<slug:slug>/atom/", feeds.BoardFeed(), name="board_atom"),
    path("<slug:slug>/new/", writing.start, name="start"),
]
