"""Makers of things for tests: each gives a saved object that the site itself could have made."""

from tests.factories.city import make_city, make_district, make_topic
from tests.factories.crowd import make_people, make_topics
from tests.factories.documents import make_document
from tests.factories.forum import make_board, make_proposal, make_reply, make_supporters, make_talk
from tests.factories.home import fill_home
from tests.factories.news import make_news
from tests.factories.partners import make_partner
from tests.factories.people import make_user
from tests.factories.photos import chosen, make_photo, photo, photo_with_place
from tests.factories.pictures import make_picture
from tests.factories.safety import make_moderator, make_removal, make_report

__all__ = [
    "chosen",
    "fill_home",
    "make_board",
    "make_city",
    "make_district",
    "make_document",
    "make_moderator",
    "make_news",
    "make_partner",
    "make_people",
    "make_photo",
    "make_picture",
    "make_proposal",
    "make_removal",
    "make_reply",
    "make_report",
    "make_supporters",
    "make_talk",
    "make_topic",
    "make_topics",
    "make_user",
    "photo",
    "photo_with_place",
]
