"""All the thousands of naughty texts: through Markdown and every form; some of them onto every kind of page.

Before a real browser they stand in tests/browser/test_naughty.py.
"""

from collections import Counter
from itertools import product
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.signup_fields import SignupFields
from common import markdown
from common.typograph import typograph_html
from forum import queries
from forum.enums import Kind
from forum.forms import TopicForm
from forum.forms.proposals import ProposalForm
from forum.forms.safety import NoteForm
from forum.models import Tag
from search import actions as index
from search.highlight import marked
from search.understanding.typed import parse
from tests.factories import make_board, make_people, make_topics
from tests.forum.test_naughty import check, dangers
from tests.naughty import all_there_are
from tests.vectors import combined

pytestmark = pytest.mark.django_db
TEXTS = [text for text in all_there_are() if text.replace("\0", "").strip()]
STORED = [text.replace("\0", "").strip() for text in TEXTS]


def test_there_are_thousands():
    assert len(set(combined())) > 6_000
    assert len(TEXTS) > 7_000


def test_nothing_gets_through_markdown():
    html = [markdown.render(text, {"Марина"}) for text in TEXTS]

    assert dangers("".join(f"<div>{one}</div>" for one in html)) == []
    assert dangers("".join(f"<div>{typograph_html(one)}</div>" for one in html)) == []


def test_nothing_gets_through_titles_words_about_oneself_and_what_search_marks():
    shown = Template("""{% load words %}<p title="{{ text }}">{{ text|typograph:"ru" }}</p>{{ text|linebreaks }}""")
    terms = parse("alert script onerror javascript")

    html = "".join(shown.render(Context({"text": text})) for text in TEXTS)
    found = "".join(f"<p>{marked(text, terms, 'ru')}</p>" for text in TEXTS)

    assert dangers(html) == []
    assert dangers(found) == []


def test_every_form_has_an_answer(city):
    """The same form over and over: to make one takes longer than to check what it holds."""
    forms = [
        (TopicForm({}, trusted=True), ("title", "text", "tags")),
        (ProposalForm({}, trusted=True), ("title", "problem")),
        (ProfileForm({}, instance=User()), ("display_name", "bio")),
        (SignupFields({}), ("display_name",)),
        (NoteForm({}), ("text",)),
    ]
    taken: Counter[str] = Counter()

    for text, (form, names) in product(TEXTS, forms):
        form.data = dict.fromkeys(names, text) | {"tags": text[:40], "proposal": "Открыть", "language": "ru"}
        form.full_clean()
        taken.update(name for name in names if name not in form.errors)

    assert taken.keys() == {"title", "text", "tags", "problem", "display_name", "bio"}
    assert min(taken.values()) > len(TEXTS) // 2


def test_lists_of_topics_stay_whole(client, city, monkeypatch):
    monkeypatch.setattr(queries.topics, "TOPICS_ON_A_PAGE", 500)
    texts = STORED[::12]
    make_topics(make_board(slug="crafts"), texts, make_people(texts))

    assert shown_on(client, "/ru/forum/crafts/") == len(texts)


def test_lists_of_proposals_and_their_exports_stay_whole(client, city, monkeypatch):
    monkeypatch.setattr(queries.proposals, "PROPOSALS_ON_A_PAGE", 500)
    texts = STORED[::12]
    topics = make_topics(make_board(slug="ideas", kinds=["proposal"]), texts, make_people(texts), kind=Kind.PROPOSAL)

    assert shown_on(client, "/ru/forum/proposals/") == len(texts)
    for topic in topics[::60]:
        check(client.get(topic.get_absolute_url()))
    found = b"".join(client.get("/ru/forum/proposals/proposals.json").streaming_content)
    assert found.count(b'"problem"') == len(texts)
    assert client.get("/ru/forum/proposals/proposals.csv").status_code == 200


def test_profiles_tags_search_and_feeds_stay_whole(client, city):
    texts = STORED[::150]
    board, people = make_board(slug="crafts"), make_people(texts)
    topics = make_topics(board, texts, people)
    for topic in topics:
        index.index_all(topic.posts.select_related("topic"))

    for person in people:
        check(client.get(f"/ru/people/{person.pk}/"))
    for text in texts[::5]:
        check(client.get("/ru/search/", {"q": text}))
    for words in ("alert", "script", "javascript", "onerror", "img"):
        check(client.get("/ru/search/", {"q": words}))
    for tag in Tag.objects.order_by("pk")[::10]:
        check(client.get("/ru/forum/crafts/", {"tag": tag.name}))
    for path in ("/ru/forum/atom/", "/ru/forum/crafts/atom/", *(f"/ru/forum/topics/{one.pk}/atom/" for one in topics)):
        ElementTree.fromstring(client.get(path).content)  # noqa: S314 our own answer


def shown_on(client, url: str) -> int:
    """How many are in a list, over all its pages, each of which is harmless and whole."""
    seen = 0
    while url:
        html = check(client.get(url))
        seen += html.count('<article class="topic')
        url = html.partition('" rel="next"')[0].rpartition('href="')[2] if 'rel="next"' in html else ""
        url = url.replace("&amp;", "&")
    return seen
