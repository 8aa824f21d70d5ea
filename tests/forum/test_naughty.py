"""Whatever is posted, wherever: nothing runs, nothing breaks the page, nothing answers 500."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.contrib.auth.models import Permission

from accounts.models import User
from forum.enums import Status
from forum.models import Proposal, Tag, Topic
from tests.factories import make_board, make_moderator, make_report, make_talk
from tests.naughty import FAMILIES, everything, listed_elsewhere

pytestmark = pytest.mark.django_db
RUNS = {"iframe", "object", "embed", "applet", "base", "frame", "frameset", "math", "foreignobject", "animate", "set"}
SCHEME = re.compile(r"[\x00-\x20]*[a-z][a-z0-9+.\-\t\r\n]*:", re.IGNORECASE)  # as browsers find it
SAFE = re.compile("https?:|mailto:", re.IGNORECASE)


@lru_cache(maxsize=1)
def parsed(html: str) -> Element:
    return html5lib.parse(html, namespaceHTMLElements=False)


def dangers(html: str) -> list[str]:
    """What a browser would run, or follow, of what stands in a page that has no script of its own but files."""
    found = []
    for element in parsed(html).iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in RUNS or (name == "script" and not _own(element)):
            found.append(f"<{name}> {element.text!r:.60}")
        for attribute, value in element.attrib.items():
            if attribute.lower().startswith("on") or attribute.lower() in {"style", "srcdoc", "formaction"}:
                found.append(f"{name} {attribute}={value:.60}")
            if attribute in {"href", "src", "action"} and SCHEME.match(value) and not SAFE.match(value):
                found.append(f"{name} {attribute}={value:.60}")
    return found


def _own(script: Element) -> bool:
    return script.get("type") == "application/ld+json" or script.get("src", "").startswith("/static/")


def whole(html: str) -> bool:
    """The page goes on to its end: what was posted closed nothing."""
    bodies = [child.tag for child in parsed(html).find("body") if isinstance(child.tag, str)]
    return bodies.count("header") == bodies.count("main") == bodies.count("footer") == 1


@pytest.fixture
def writer(client, member, city):
    client.force_login(member)
    return client


def check(answer) -> str:
    assert answer.status_code == 200
    html = answer.content.decode()
    assert dangers(html) == []
    assert whole(html)
    return html


def test_the_list_is_long():
    assert len(everything()) > 750


def test_the_check_finds_what_would_run():
    html = "<img onerror=x><a href='javascript:x'>y</a><script>z</script><script src='/static/a.js'></script>"

    assert dangers(html) == ["img onerror=x", "a href=javascript:x", "<script> 'z'"]


@pytest.mark.parametrize("family", [*FAMILIES, "listed elsewhere"])
def test_posts(writer, family):
    texts = FAMILIES[family]() if family in FAMILIES else listed_elsewhere()
    topic = make_talk()
    for text in texts:
        answer = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": text})
        assert answer.status_code in {200, 302}, text
        if answer.status_code == 200:
            assert dangers(answer.content.decode()) == [], text

    topic.refresh_from_db()
    for page in range(1, topic.pages + 1):
        check(writer.get(f"/ru/forum/topics/{topic.pk}/?page={page}"))
    assert topic.last_number == topic.posts.count()
    assert len(texts) == 0 or topic.last_number > len(texts) // 3


@pytest.mark.parametrize("family", [*FAMILIES, "listed elsewhere"])
def test_titles_and_tags(writer, family):
    texts = FAMILIES[family]()[::3] if family in FAMILIES else listed_elsewhere()
    make_board(slug="crafts")
    for text in texts:
        answer = writer.post(
            "/ru/forum/crafts/new/", {"kind": "question", "title": text, "text": "Текст", "tags": text}
        )
        assert answer.status_code in {200, 302}, text
        writer.post("/ru/forum/crafts/new/", {"kind": "question", "title": text, "text": "Текст"})

    url, seen = "/ru/forum/crafts/", 0
    while url:
        html = check(writer.get(url))
        seen += html.count('<article class="topic')
        found = html.partition('" rel="next"')[0].rpartition('href="')[2] if 'rel="next"' in html else ""
        url = found.replace("&amp;", "&")
    assert seen == Topic.objects.count()
    for topic in Topic.objects.order_by("pk")[:: max(1, Topic.objects.count() // 15)]:
        check(writer.get(topic.get_absolute_url()))
    for tag in Tag.objects.order_by("pk")[:: max(1, Tag.objects.count() // 15)]:
        check(writer.get("/ru/forum/crafts/", {"tag": tag.name}))
    for feed in ("/ru/forum/atom/", "/ru/forum/crafts/atom/"):
        assert writer.get(feed).status_code == 200


@pytest.mark.parametrize("family", [*FAMILIES, "listed elsewhere"])
def test_proposals_and_official_answers(client, city, family):
    keeper = make_moderator()
    keeper.user_permissions.add(Permission.objects.get(codename="answer_for_city"))
    client.force_login(keeper)
    texts = FAMILIES[family]()[::4] if family in FAMILIES else listed_elsewhere()
    make_board(slug="ideas", kinds=["proposal"])
    for text in texts:
        said = dict.fromkeys(("title", "problem", "proposal", "benefits", "tags"), text)
        for words in (said, said | {"title": "Зал", "tags": ""}, {"title": text, "problem": "а", "proposal": "б"}):
            answer = client.post("/ru/forum/ideas/propose/", words)
            assert answer.status_code in {200, 302}, text
            if answer.status_code == 200:
                assert dangers(answer.content.decode()) == [], text
        assert client.get("/ru/forum/proposals/similar/", {"q": text}).status_code == 200

    for proposal in Proposal.objects.select_related("topic").order_by("pk")[:15]:
        text = proposal.problem
        for status in (Status.CHECKED, Status.REVIEW):
            client.post(
                f"/ru/forum/proposals/{proposal.pk}/handle/", {"do": "step", "status": status, "note": text[:1000]}
            )
        said = {"body": text[:160], "text": text, "document_url": text[:400]}
        for words in (said, said | {"document_url": ""}):
            assert client.post(f"/ru/forum/proposals/{proposal.pk}/answer/", words).status_code in {200, 302}, text
        check(client.get(proposal.get_absolute_url()))
    for query in ("", "?sort=supported", "?status=review"):
        check(client.get(f"/ru/forum/proposals/{query}"))
    for ending in ("csv", "json"):
        assert client.get(f"/ru/forum/proposals/proposals.{ending}").status_code == 200


@pytest.mark.parametrize("family", [*FAMILIES, "listed elsewhere"])
def test_names_and_words_about_oneself(writer, member, family):
    texts = (FAMILIES[family]() if family in FAMILIES else listed_elsewhere())[::6]
    topic = make_talk(by=member)
    shown = {"language": "ru", "show_profile": "on", "show_bio": "on"}
    for text in texts:
        answer = writer.post("/ru/me/", shown | {"display_name": text[:80], "bio": text[:500]})
        assert answer.status_code in {200, 302}, text
        User.objects.update(profile_held_at=None)
        profile = writer.get(f"/ru/people/{member.pk}/")
        assert profile.status_code in {200, 404}
        assert dangers(profile.content.decode()) == [], text

    check(writer.get(f"/ru/forum/topics/{topic.pk}/"))


def test_words_for_moderators(writer, client, member):
    judge, texts = make_moderator(), everything()[::25]
    topic = make_talk()
    case = make_report(topic.posts.get(), words="Первая")
    for text in texts:
        answer = writer.post(f"/ru/forum/posts/{topic.posts.get().pk}/report/", {"ground": "other", "words": text})
        assert answer.status_code in {200, 302, 404}, text
    client.force_login(judge)
    for text in texts:
        answer = client.post(f"/ru/forum/desk/people/{member.pk}/note/", {"text": text})
        assert answer.status_code in {200, 302}, text
        answer = client.get("/ru/forum/desk/", {"matter": text, "board": text, "before": text, "after": text})
        assert answer.status_code == 200, text

    check(client.get("/ru/forum/desk/"))
    check(client.get(f"/ru/forum/desk/{case.pk}/"))
    check(client.get(f"/ru/forum/desk/people/{member.pk}/"))
