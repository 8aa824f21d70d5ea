"""The moderators' desk: some posts that wait, reports, an appeal, a warning, and ready answers."""

from typing import Any

from accounts.actions import create_person
from accounts.models import User
from forum import actions
from forum.actions import Draft
from forum.actions.safety import wait_on_desk
from forum.actions.steps import write
from forum.enums import Ground, Penalty, Standing
from forum.models import Answer, Board, Case, Post, Topic
from pages.demo.reading import LANGUAGES, content

People = dict[str, User]


def load(people: People) -> None:
    """Once, on a board where people have talked already; nobody is told of it by letters."""
    if Case.objects.exists() or not Topic.objects.exists():
        return
    written = content("desk")
    people = people | {entry["key"]: _newcomer(entry) for entry in written["newcomer"]}
    judge, other = people["moderator"], people["coordinator"]
    _load_answers(written["answer"])
    for entry in written["reported"]:
        post = _reply(entry, people)
        for report in entry["reports"]:
            actions.report_post(post, report["ground"], report["words"], by=people[report["by"]])
    for entry in written["appealed"]:
        post = _reply(entry, people)
        actions.remove(post, by=judge, ground=entry["ground"], reason=entry["reason"])
        actions.appeal(post.decisions.latest("pk"), entry["words"], by=people[entry["by"]])
    for entry in written["warned"]:
        person = people[entry["person"]]
        words = {"ground": Ground(entry["ground"]), "reason": entry["reason"]}
        actions.sanction(person, Penalty.WARNING, by=other, **words)
        actions.write_note(person, entry["note"], by=judge)
    for entry in written["waiting"]:
        _wait(entry, people)


def _newcomer(entry: dict[str, Any]) -> User:
    email = f"{entry['key']}@demo.example"
    known = User.objects.filter(email=email).first()
    return known or create_person(email, display_name=entry["name"])


def _load_answers(entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        for language in LANGUAGES:
            said = {"text": entry[language], "ground": entry["ground"]}
            Answer.objects.get_or_create(title=entry["title"], language=language, defaults=said)


def _reply(entry: dict[str, Any], people: People) -> Post:
    return actions.reply(_newest_topic(entry["on"]), Draft(source=entry["text"]), by=people[entry["by"]])


def _newest_topic(slug: str) -> Topic:
    shown = Topic.objects.filter(board__slug=slug, standing=Standing.SHOWN, state="open")
    return shown.order_by("-last_posted_at", "-pk")[0]


def _wait(entry: dict[str, Any], people: People) -> None:
    """As forum.actions would hold it, whatever the city has set."""
    by, draft = people[entry["by"]], Draft(source=entry["text"], title=entry.get("title", ""))
    if draft.title:
        board = Board.objects.get(slug=entry["on"])
        topic = Topic.objects.create(
            board=board, title=draft.title, language="ru", author=by, standing=Standing.WAITING
        )
    else:
        topic = _newest_topic(entry["on"])
    wait_on_desk(write(topic, draft, by=by, standing=Standing.WAITING), entry["cause"])
