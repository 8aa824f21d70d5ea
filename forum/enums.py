from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Circle(TextChoices):
    """Who may read, start topics or reply on a board."""

    EVERYONE = "everyone", pgettext_lazy("circle", "Everyone")
    MEMBERS = "members", _("Everyone who has signed in")
    GROUPS = "groups", _("Only the groups named below")


WRITERS = [Circle.MEMBERS, Circle.GROUPS]


class Held(TextChoices):
    """Which posts wait for a moderator before others see them."""

    NONE = "none", pgettext_lazy("held posts", "None")
    FIRST = "first", _("The first post of each person")
    ALL = "all", pgettext_lazy("held posts", "All")


class Hue(TextChoices):
    TALK = "k-talk", _("Heather")
    NEWS = "k-news", _("Blue")
    COURSE = "k-course", _("Pine")
    EVENT = "k-event", _("Lingonberry")
    ORG = "k-org", _("Ochre")


class Kind(TextChoices):
    DISCUSSION = "discussion", _("Discussion")
    QUESTION = "question", _("Question")
    EXPERIENCE = "experience", _("Experience")
    PROPOSAL = "proposal", _("Proposal")


class Standing(TextChoices):
    """Of a topic or a post."""

    SHOWN = "shown", _("Shown")
    WAITING = "waiting", _("Waits for a moderator")
    REMOVED = "removed", _("Removed")


class Pin(TextChoices):
    NONE = "none", _("Not pinned")
    BOARD = "board", _("On its board")
    EVERYWHERE = "everywhere", pgettext_lazy("pinned", "Everywhere")


class State(TextChoices):
    OPEN = "open", pgettext_lazy("topic", "Open")
    LOCKED = "locked", _("Locked")
    ARCHIVED = "archived", _("Archived")


class Mode(TextChoices):
    """What one wants to hear of a board, a topic, a tag or a person."""

    WATCH = "watch", _("Following")
    MUTE = "mute", pgettext_lazy("notices", "Muted")


class Liking(TextChoices):
    """How one reacts to a post."""

    USEFUL = "useful", _("Useful")
    THANKS = "thanks", _("Thank you")
