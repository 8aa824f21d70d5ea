from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        from accounts import leaving
        from forum import notice_kinds, proposal_notices, receivers, telling_words
        from forum.actions import unsent
        from forum.missed import ask_the_city
        from forum.models import Post
        from forum.search_entries import post_entry
        from search import missed
        from search.enums import Kind
        from search.registry import register

        receivers.connect()
        notice_kinds.register()
        telling_words.register()
        proposal_notices.register()
        leaving.register(unsent.forget_all)
        register(Kind.TOPIC, Post, post_entry)
        missed.register(ask_the_city)
