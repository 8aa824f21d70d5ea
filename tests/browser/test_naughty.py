"""All that is naughty on real pages in a real browser. A dialog, an error on the console or another host fails."""

import pytest
from playwright.sync_api import Page, expect

from common import markdown
from forum import queries
from forum.models import Post, Topic
from tests.factories import make_board, make_people, make_talk, make_topics
from tests.naughty import all_there_are

pytestmark = pytest.mark.browser
TOGETHER = 25  # what so many people wrote stands in one post: twenty pages instead of four hundred
HARMFUL = """() => {
  const found = window.__ran ? ["it ran"] : []
  const runs = "iframe, object, embed, applet, base, frame, frameset, math, foreignObject, animate, set"
  for (const one of document.querySelectorAll("*")) {
    const bad = [...one.attributes].some(({ name }) => /^on|^(srcdoc|formaction)$/i.test(name))
    const led = typeof one.href === "string" && one.href && !/^(https?|mailto):/.test(one.href)
    if (bad || led || one.matches(runs)) found.push(one.outerHTML.slice(0, 120))
  }
  return found
}"""


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [text for one in all_there_are() if (text := one.replace("\0", "").strip())]


@pytest.fixture
def wary(page: Page, problems: list[str]) -> Page:
    """Dialogs count as problems too."""
    page.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.add_init_script("window.print = () => { window.__ran = 1 }")  # no dialog that a test could see
    return page


def look_for_harm(page: Page) -> None:
    page.wait_for_load_state("load")
    assert page.evaluate(HARMFUL) == []
    assert page.locator("body > footer").count() == 1


def test_nothing_runs_in_posts(wary, texts):
    topic = make_talk()
    html = [markdown.render(text) for text in texts]
    batches = [html[first : first + TOGETHER] for first in range(0, len(html), TOGETHER)]
    Post.objects.bulk_create(
        Post(topic=topic, number=number, author=topic.author, source="…", html="\n".join(batch))
        for number, batch in enumerate(batches, start=2)
    )
    Topic.objects.filter(pk=topic.pk).update(last_number=len(batches) + 1)
    topic.refresh_from_db()

    for number in range(1, topic.pages + 1):
        wary.goto(f"/en/forum/topics/{topic.pk}/?page={number}")
        look_for_harm(wary)

    assert topic.pages > 14


def test_nothing_runs_in_titles_tags_names_profiles_and_search(wary, texts, monkeypatch):
    monkeypatch.setattr(queries.topics, "TOPICS_ON_A_PAGE", 500)
    texts = texts[::4]
    people = make_people(texts)
    topics = make_topics(make_board(slug="crafts"), texts, people)
    seen = 0

    wary.goto("/en/forum/crafts/")
    look_for_harm(wary)
    while wary.locator("a[rel=next]").count():
        seen += wary.locator("article.topic").count()
        wary.locator("a[rel=next]").click()
        look_for_harm(wary)
    for address in (
        *(f"/en/people/{person.pk}/" for person in people[::250]),
        *(topic.get_absolute_url() for topic in topics[::250]),
        "/en/search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
    ):
        wary.goto(address)
        look_for_harm(wary)

    assert seen + 500 > len(texts)
    expect(wary.get_by_role("heading", level=1)).to_be_visible()
