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


class Writing(TextChoices):
    """What somebody is about to say."""

    REPLY = "reply", _("Reply")
    TOPIC = "topic", _("New topic")
    EDIT = "edit", _("Change of a post")
    PROPOSAL = "proposal", _("New proposal")


class Standing(TextChoices):
    """Of a topic or a post."""

    SHOWN = "shown", _("Shown")
    WAITING = "waiting", _("Waits for a moderator")
    REMOVED = "removed", _("Removed")
    MOVED = "moved", pgettext_lazy("post", "Moved to another topic")


class Pin(TextChoices):
    NONE = "none", _("Not pinned")
    BOARD = "board", _("On its board")
    EVERYWHERE = "everywhere", pgettext_lazy("pinned", "Everywhere")


class State(TextChoices):
    OPEN = "open", pgettext_lazy("topic", "Open")
    LOCKED = "locked", pgettext_lazy("topic", "Locked")
    ARCHIVED = "archived", _("Archived")


class Mode(TextChoices):
    """What one wants to hear of a board, a topic, a tag or a person."""

    WATCH = "watch", _("Following")
    MUTE = "mute", pgettext_lazy("notices", "Muted")


class Liking(TextChoices):
    """How one reacts to a post."""

    USEFUL = "useful", _("Useful")
    THANKS = "thanks", _("Thank you")


class Ground(TextChoices):
    """Which rule was broken: what people report, and what moderators name when they decide."""

    SPAM = "spam", pgettext_lazy("ground", "Advertising or spam")
    INSULT = "insult", pgettext_lazy("ground", "Insult or hatred")
    PERSONAL = "personal", pgettext_lazy("ground", "Somebody’s personal data")
    ASTRAY = "astray", pgettext_lazy("ground", "Off topic, or not on this board")
    OTHER = "other", pgettext_lazy("ground", "Something else")


class Deed(TextChoices):
    """What a moderator did. Stored in the log: words may change, values never."""

    APPROVE = "approve", pgettext_lazy("deed", "Shown to everybody")
    REMOVE = "remove", pgettext_lazy("deed", "Removed")
    RESTORE = "restore", pgettext_lazy("deed", "Brought back")
    EDIT = "edit", pgettext_lazy("deed", "Changed")
    ACCEPT = "accept", pgettext_lazy("deed", "Chose which answer helped")
    PIN = "pin", pgettext_lazy("deed", "Changed where it is pinned")
    STATE = "state", pgettext_lazy("deed", "Locked, archived or opened")
    MOVE = "move", pgettext_lazy("deed", "Moved to another board")
    MERGE = "merge", pgettext_lazy("deed", "Merged with another topic")
    SPLIT = "split", pgettext_lazy("deed", "Split off into another topic")
    STATUS = "status", pgettext_lazy("deed", "Changed the proposal’s status")
    KEEP = "keep", pgettext_lazy("deed", "Left as it is")
    NOTE = "note", pgettext_lazy("deed", "Note")
    WARN = "warn", pgettext_lazy("deed", "Warning")
    SILENCE = "silence", pgettext_lazy("deed", "May not write for some time")
    BAN = "ban", pgettext_lazy("deed", "May not write any more")
    LIFT = "lift", pgettext_lazy("deed", "May write again")
    HIDE_PROFILE = "hide_profile", pgettext_lazy("deed", "Hid the profile page")
    SHOW_PROFILE = "show_profile", pgettext_lazy("deed", "Showed the profile page")
    UPHOLD = "uphold", pgettext_lazy("deed", "Appeal: the decision stands")
    OVERTURN = "overturn", pgettext_lazy("deed", "Appeal: the decision is taken back")


class Penalty(TextChoices):
    WARNING = "warning", _("Warning")
    SILENCE = "silence", _("Silence for some time")
    BAN = "ban", _("Ban from writing")


class Matter(TextChoices):
    """What lies on the moderators' desk."""

    TOPIC = "topic", pgettext_lazy("desk", "Waiting topic")
    POST = "post", pgettext_lazy("desk", "Waiting post")
    REPORT = "report", pgettext_lazy("desk", "Report")
    APPEAL = "appeal", pgettext_lazy("desk", "Appeal")
    PROFILE = "profile", pgettext_lazy("desk", "Profile")


class Cause(TextChoices):
    """Why a post waits."""

    BOARD = "board", _("Everything on this board is looked at first.")
    FIRST = "first", _("It is the first post of this person here.")
    LINKS = "links", _("It carries links, and its author is new here.")
    PICTURES = "pictures", _("It shows pictures, and its author is new here.")
    REPEAT = "repeat", _("The same words were posted before.")


class Status(TextChoices):
    """How far a proposal has come. What may follow what: rules.TRANSITIONS."""

    SUBMITTED = "submitted", pgettext_lazy("proposal", "Submitted")
    CHECKED = "checked", pgettext_lazy("proposal", "Checked")
    COLLECTING = "collecting", _("Collects support")
    LAPSED = "lapsed", _("Too little support")
    REVIEW = "review", _("Under review")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    DOING = "doing", _("Being done")
    DONE = "done", pgettext_lazy("proposal", "Done")
    MERGED = "merged", _("Merged with another one")
