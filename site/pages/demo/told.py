"""What the people of the demo city were told lately, so that nobody's notices are empty. No letters leave."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from forum import boards
from forum.actions import watching
from forum.enums import Mode, Standing
from forum.models import Post
from notices.models import Notice

LATELY = 60  # posts
READ_AFTER = timedelta(days=4)
FOLLOWED = ("crafts", "ideas")


def load() -> None:
    """Only where nobody was ever told anything."""
    if Notice.objects.exists():
        return
    for key in ("citizen", "citizen-en", "citizen-be"):
        _follow(User.objects.get(email=f"{key}@demo.example"))
    lately = Post.objects.filter(standing=Standing.SHOWN).order_by("-posted_at", "-pk")[:LATELY]
    for post in reversed(lately):
        watching.tell_of_post(post.pk)
        Notice.objects.filter(key=f"post:{post.pk}").update(made_at=post.posted_at, mail_at=None)
    old = Notice.objects.filter(made_at__lt=timezone.now() - READ_AFTER)
    old.update(read_at=F("made_at") + timedelta(hours=3))


def _follow(person: User) -> None:
    for slug in FOLLOWED:
        if board := boards.by_slug(slug):
            watching.set_watch(person, "board", board.pk, Mode.WATCH)
