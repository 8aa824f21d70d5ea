"""Pages of proposals: what they show, what forms keep, what they cost."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from common.models import District
from forum import actions
from forum.actions import AnswerDraft
from forum.enums import Held, Kind, Status
from forum.models import OfficialAnswer, Proposal, Topic
from partners.actions import add_member
from partners.enums import Role
from tests.factories import (
    make_board,
    make_district,
    make_partner,
    make_proposal,
    make_reply,
    make_supporters,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES, PAGE_QUERIES, SHARED_QUERIES = 8, 13, 4
FORM = {
    "title": "Открыть читальный зал до 22:00",
    "problem": "Библиотека закрывается в семь",
    "proposal": "Три вечера в неделю держать зал открытым",
    "benefits": "Студентам",
    "district": "",
    "tags": "библиотека, вечер",
}


def read(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def listed(html: str) -> list[str]:
    return re.findall(r'<article class="topic">\s*<h3[^>]*><a[^>]*>(.*?)</a>', html)


def tiles(html: str) -> dict[str, int]:
    found = re.findall(r'<a class="tile[^>]*><span>(.*?)</span> <b class="num">(\d+)</b>', html)
    return {name: int(count) for name, count in found}


# --- the list ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def many(city):
    """In several states, districts and boards."""
    for number, (slug, name) in enumerate((("leninsky", "Ленинский"), ("oktyabrsky", "Октябрьский"))):
        District.objects.filter(pk=make_district(slug, name).pk).update(latitude=52 + number, longitude=104)
    board, other = make_board("Идеи", slug="ideas", threshold=50), make_board("Район", slug="quarter", threshold=50)
    make_proposal(board, title="Первая", status=Status.SUBMITTED, district="leninsky", tags=("вело",))
    make_proposal(board, title="Вторая", supporters=2, district="leninsky")
    make_proposal(other, title="Третья", supporters=1, district="oktyabrsky", tags=("вело",))
    make_proposal(other, title="Четвёртая", status=Status.REVIEW)
    make_proposal(other, title="Пятая", status=Status.REVIEW)
    Proposal.objects.filter(topic__title="Пятая").update(waiting_since=timezone.now() - timedelta(days=40))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Пятая", "Четвёртая", "Третья", "Вторая", "Первая"]),
        ("sort=supported", ["Вторая", "Третья", "Пятая", "Четвёртая", "Первая"]),
        ("sort=waiting", ["Пятая", "Четвёртая"]),
        ("status=collecting", ["Третья", "Вторая"]),
        ("district=leninsky", ["Вторая", "Первая"]),
        ("tag=вело", ["Третья", "Первая"]),
        ("tag=Вело&district=leninsky", ["Первая"]),
        ("board=ideas", ["Вторая", "Первая"]),
        ("waiting=1", ["Пятая", "Четвёртая"]),
        ("status=nonsense", ["Пятая", "Четвёртая", "Третья", "Вторая", "Первая"]),
        ("district=%00%27", []),
        ("before=x-1&after=20-y", ["Пятая", "Четвёртая", "Третья", "Вторая", "Первая"]),
        ("sort=supported&before=99999999999999999999-1", ["Вторая", "Третья", "Пятая", "Четвёртая", "Первая"]),
    ],
)
def test_list_is_narrowed_and_sorted(many, client, query, found):
    assert listed(read(client, f"/ru/forum/proposals/?{query}")) == found


def test_map_says_what_the_list_says(many, client):
    whole = read(client, "/ru/forum/proposals/")
    narrowed = read(client, "/ru/forum/proposals/?tag=вело&district=leninsky")

    assert tiles(whole) == {"Октябрьский": 1, "Ленинский": 2}
    assert list(tiles(whole)) == ["Октябрьский", "Ленинский"]  # north first
    assert tiles(narrowed) == {"Октябрьский": 1, "Ленинский": 1}
    assert re.findall(r'class="tile[^>]*aria-current="true"><span>(.*?)<', narrowed) == ["Ленинский"]


@pytest.mark.parametrize(("sort", "first"), [("", "19"), ("supported", "44"), ("waiting", "0")])
def test_list_pages_by_key(city, client, sort, first):
    board, now = make_board(), timezone.now()
    for number in range(45):
        make_proposal(board, title=f"Идея {number:02}", status=Status.SUBMITTED)
    for number, proposal in enumerate(Proposal.objects.order_by("pk")):
        Proposal.objects.filter(pk=proposal.pk).update(
            supports=number // 2, waiting_since=now - timedelta(days=90 - number)
        )
    seen, url = [], f"/ru/forum/proposals/?sort={sort}"

    while url:
        html = read(client, url)
        seen.append(listed(html))
        found = re.search(r'<a href="([^"]+)" rel="next"', html)
        url = found.group(1).replace("&amp;", "&") if found else ""

    wanted = [f"Идея {number:02}" for number in range(45)]
    assert [title for page in seen for title in page] == (wanted if sort == "waiting" else wanted[::-1])
    back = re.search(r'<a href="([^"]+)" rel="prev"', html).group(1).replace("&amp;", "&")
    assert listed(read(client, back)) == seen[1]


def test_merged_ones_are_listed_only_when_asked_for(city, client, keeper):
    board = make_board()
    one, other = (make_proposal(board, title=title) for title in ("Та же", "Главная"))
    actions.merge_proposal(one.topic, other.topic, by=keeper)

    assert listed(read(client, "/ru/forum/proposals/")) == ["Главная"]
    assert listed(read(client, "/ru/forum/proposals/?status=merged")) == ["Та же"]


def test_late_answers_are_red(many, client, settings):
    html = read(client, "/ru/forum/proposals/?sort=waiting")

    assert html.count('class="overdue"') == 1
    settings.FORUM_ANSWER_DAYS = 41
    assert 'class="overdue"' not in read(client, "/ru/forum/proposals/?sort=waiting&x=1")


# --- one proposal -----------------------------------------------------------------------------------------------------
def test_page_shows_words_numbers_and_the_way(city, client, keeper):
    make_district("leninsky", "Ленинский")
    proposal = make_proposal(make_board(threshold=10), supporters=3, district="leninsky", title="Зал", tags=("книги",))
    make_reply(proposal.topic, text="Готов дежурить")

    html = read(client, f"/ru/forum/topics/{proposal.pk}/")

    for words in ("Учиться негде", "Открыть зал вечером", "Ленинский", "Готов дежурить", "книги"):
        assert words in html, words
    assert '<progress max="10" value="3"' in html
    assert re.findall(r"<li[^>]*><b>(.*?)</b>", html) == [
        *("Подано", "Проверено", "Собирает голоса"),
        *("На рассмотрении", "Решение", "Выполняется", "Выполнено"),
    ]
    assert html.count("Открыть зал вечером") == 1  # not once more as a post


def test_official_answer_stands_above_the_talk(city, client, keeper):
    proposal = make_proposal(status=Status.REVIEW)
    make_reply(proposal.topic, text="Ждём")
    draft = AnswerDraft("Управление культуры", "**Согласны** <script>", document_url="https://example.org/a.pdf")
    actions.answer(proposal.topic, draft, by=keeper)

    html = read(client, f"/ru/forum/topics/{proposal.pk}/")

    assert html.index("<strong>Согласны</strong> &lt;script&gt;") < html.index("Ждём")
    assert "https://example.org/a.pdf" in html
    assert "Ответ города" in html
    actions.answer(proposal.topic, AnswerDraft("Управление культуры", "Передумали"), by=keeper)
    assert "Передумали" in read(client, f"/ru/forum/topics/{proposal.pk}/?again=1")
    assert "<strong>Согласны</strong>" in read(client, f"/ru/forum/proposals/{proposal.pk}/answer/history/")


def test_merged_page_leads_to_the_other_one(city, client, keeper):
    board = make_board()
    one, other = make_proposal(board), make_proposal(board, title="Главная")
    make_reply(one.topic, text="Слово")
    actions.merge_proposal(one.topic, other.topic, by=keeper)

    html = read(client, f"/ru/forum/topics/{one.pk}/")

    assert f'href="/ru/forum/topics/{other.pk}/"' in html
    assert [words in html for words in ("Главная", "Слово")] == [True, True]
    assert "account_login" not in html


def test_votes_by_plain_form(city, client, member):
    proposal = make_proposal()
    address = f"/ru/forum/proposals/{proposal.pk}/support/"
    anonymous = client.post(address, {"support": "on"})
    client.force_login(member)

    for word, count in (("on", 1), ("on", 1), ("off", 0), ("on", 1)):
        assert client.post(address, {"support": word}).url == f"/ru/forum/topics/{proposal.pk}/"
        proposal.refresh_from_db()
        assert proposal.supports == count

    assert anonymous.url.startswith("/ru/accounts/login/")
    assert client.get(address).status_code == 405
    assert 'value="off"' in read(client, f"/ru/forum/topics/{proposal.pk}/")


def test_other_pages_of_the_talk_do_not_repeat_it(city, client):
    proposal = make_proposal()
    for number in range(21):
        make_reply(proposal.topic, text=f"Слово {number}")

    html = read(client, f"/ru/forum/topics/{proposal.pk}/?page=2")

    assert "Открыть зал вечером" not in html
    assert "Слово 20" in html


# --- forms ------------------------------------------------------------------------------------------------------------
def test_form_is_looked_at_and_sent(city, client, member):
    make_district("leninsky", "Ленинский")
    make_board(slug="ideas")
    client.force_login(member)
    ticket = re.search(r'name="ticket" value="([^"]+)"', read(client, "/ru/forum/ideas/propose/")).group(1)
    said = FORM | {"district": "leninsky", "ticket": ticket}

    preview = client.post("/ru/forum/ideas/propose/", said | {"preview": "1"}).content.decode()
    assert Topic.objects.count() == 0
    for _ in range(2):
        answer = client.post("/ru/forum/ideas/propose/", said)

    proposal = Proposal.objects.get()
    assert [words in preview for words in ("Три вечера в неделю", ticket)] == [True, True]
    assert answer.url == f"/ru/forum/posts/{proposal.topic.posts.get().pk}/"
    assert (proposal.topic.title, proposal.district.slug) == (FORM["title"], "leninsky")
    assert sorted(proposal.topic.tags.values_list("name", flat=True)) == ["библиотека", "вечер"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        *((name, "") for name in ("title", "problem", "proposal")),
        *((name, "а" * 20_000) for name in ("problem", "proposal", "benefits")),
        ("title", "а" * 161),
        ("problem", "***"),
        ("proposal", "> " * 15 + "x"),
        ("benefits", "а\u0301\u0301\u0301\u0301\u0301\u0301"),
        ("tags", "а, б, в, г, д, е"),
        ("district", "atlantis"),
        ("title", "\u202eперевёрнуто"),
    ],
)
def test_errors_stand_at_their_fields_and_nothing_is_lost(city, client, member, field, words):
    make_board(slug="ideas")
    client.force_login(member)

    html = client.post("/ru/forum/ideas/propose/", FORM | {field: words}).content.decode()

    assert f'id="id_{field}_error"' in html
    kept = [text for name, text in FORM.items() if name != field and text]
    assert [text for text in kept if text not in html] == []
    assert Topic.objects.count() == 0


def test_preview_shows_what_was_proposed_before(city, client, member):
    board = make_board(slug="ideas")
    known = make_proposal(board, title="Читальный зал открыть вечером", supporters=2)
    make_proposal(board, title="Велодорожка вдоль реки", text="Асфальт")
    client.force_login(member)

    html = client.post("/ru/forum/ideas/propose/", FORM | {"preview": "1"}).content.decode()
    typed = read(client, "/ru/forum/proposals/similar/?q=читальные залы вечером")

    for page in (html, typed):
        assert f'href="/ru/forum/topics/{known.pk}/#support"' in page
        assert "Велодорожка" not in page
    assert "Читальный зал" not in read(client, f"/ru/forum/proposals/similar/?q=читальный зал&but={known.pk}")


@pytest.mark.parametrize("words", ["", "\x00", "и", "а" * 5000, "<script>alert(1)</script>", "'\"; drop"])
def test_words_that_mean_nothing_find_nothing_similar(city, client, member, words):
    make_proposal(title="Читальный зал")
    client.force_login(member)

    assert client.get("/ru/forum/proposals/similar/", {"q": words}).content.decode().strip() == ""


def test_proposals_have_a_form_of_their_own(city, client, member):
    make_board(slug="ideas", kinds=["proposal"])
    make_board(slug="mixed", kinds=["discussion", "question", "proposal"])
    make_board(slug="talk", kinds=["discussion"])
    client.force_login(member)

    assert client.get("/ru/forum/ideas/new/").url == "/ru/forum/ideas/propose/"
    assert "/ru/forum/mixed/propose/" in read(client, "/ru/forum/mixed/new/")
    assert "/propose/" not in read(client, "/ru/forum/talk/new/")
    assert client.get("/ru/forum/talk/propose/").status_code == 404
    assert read(client, "/ru/forum/proposals/new/").count("/propose/") == 2
    answer = client.post("/ru/forum/mixed/new/", {"kind": "proposal", "title": "Зал", "text": "Так"})
    assert (answer.status_code, Topic.objects.count()) == (200, 0)


def test_author_changes_it_until_people_have_signed(city, client, member):
    proposal = make_proposal(by=member, status=Status.CHECKED)
    address = f"/ru/forum/proposals/{proposal.pk}/edit/"
    client.force_login(member)

    assert client.get(f"/ru/forum/posts/{proposal.topic.posts.get().pk}/edit/").url == address
    assert "Учиться негде" in read(client, address)
    assert client.post(address, FORM).url == f"/ru/forum/topics/{proposal.pk}/"
    proposal.refresh_from_db()
    assert (proposal.problem, Topic.objects.get().title) == (FORM["problem"], FORM["title"])

    actions.step(proposal.topic, Status.COLLECTING, by=make_user(is_superuser=True))
    assert client.get(address).status_code == 404


def test_moderator_steps_names_and_merges(city, client, keeper):
    board, partner = make_board(), make_partner("Библиотека")
    proposal, other = make_proposal(board, status=Status.SUBMITTED), make_proposal(board)
    address = f"/ru/forum/proposals/{proposal.pk}/handle/"
    client.force_login(keeper)

    assert client.post(address, {"do": "step", "status": "done", "note": ""}).status_code == 200
    assert "people" not in client.post(address, {"do": "step", "status": "declined", "note": ""}).content.decode()
    assert client.post(address, {"do": "step", "status": "checked", "note": "По делу"}).status_code == 302
    assert client.post(address, {"do": "responsible", "partner": partner.pk}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.status, proposal.responsible) == (Status.CHECKED, partner)
    html = read(client, f"/ru/forum/topics/{proposal.pk}/")
    assert [words in html for words in ("По делу", "Библиотека")] == [True, True]

    for bad in ("", "x", "999999", str(proposal.pk)):
        assert client.post(address, {"do": "merge", "into": bad, "note": ""}).status_code == 200
    assert (
        client.post(
            address, {"do": "merge", "into": f"http://testserver/ru/forum/topics/{other.pk}/?page=1#x", "note": ""}
        ).status_code
        == 302
    )
    proposal.refresh_from_db()
    assert proposal.merged_into_id == other.pk


def test_answer_is_looked_at_written_and_amended(city, client, keeper):
    proposal = make_proposal(status=Status.REVIEW)
    address = f"/ru/forum/proposals/{proposal.pk}/answer/"
    client.force_login(keeper)
    said = {"body": "Управление культуры", "text": "**Да**", "document_url": ""}

    assert "<strong>Да</strong>" in client.post(address, said | {"preview": "1"}).content.decode()
    assert OfficialAnswer.objects.count() == 0
    for field, bad in (("body", ""), ("text", ""), ("document_url", "javascript:alert(1)")):
        assert f'id="id_{field}_error"' in client.post(address, said | {field: bad}).content.decode()
    assert client.post(address, said).status_code == 302
    assert client.post(address, said | {"text": "**Нет**"}).status_code == 302

    answer = OfficialAnswer.objects.get()
    assert (answer.source, answer.edits.count(), answer.partner) == ("**Нет**", 1, None)


def test_owner_answers_for_the_organisation(city, client, keeper):
    proposal, partner, owner = make_proposal(status=Status.REVIEW), make_partner("Библиотека"), make_user()
    add_member(partner, owner, Role.OWNER)
    actions.make_responsible(proposal.topic, partner, by=keeper)
    client.force_login(owner)

    html = read(client, f"/ru/forum/proposals/{proposal.pk}/answer/")
    client.post(f"/ru/forum/proposals/{proposal.pk}/answer/", {"body": "Роща", "text": "Откроем", "document_url": ""})

    assert 'value="Библиотека"' in html
    assert OfficialAnswer.objects.values_list("partner", "body").get() == (partner.pk, "Роща")


# --- open data --------------------------------------------------------------------------------------------------------
def test_export_says_it_all_and_is_safe_for_spreadsheets(city, client, keeper):
    make_district("leninsky", "Ленинский")
    proposal = make_proposal(
        make_board(slug="ideas", threshold=50),
        title='=HYPERLINK("http://evil.example")',
        text="@SUM(A1)",
        district="leninsky",
        tags=("вечер", "книги"),
        supporters=2,
    )
    actions.step(proposal.topic, Status.REVIEW, by=keeper)
    actions.answer(proposal.topic, AnswerDraft("+Город", "-1"), by=keeper)

    answer = client.get("/ru/forum/proposals/proposals.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = json.loads(b"".join(client.get("/ru/forum/proposals/proposals.json").streaming_content))

    assert answer["Content-Disposition"].endswith('.csv"')
    (row,) = rows
    assert [row[name] for name in ("title", "proposal", "answered_by", "answer")] == [
        *('\'=HYPERLINK("http://evil.example")', "'@SUM(A1)", "'+Город", "'-1"),
    ]
    assert (row["number"], row["supports"], row["tags"], row["status"]) == (
        str(proposal.pk),
        "2",
        "вечер, книги",
        "review",
    )
    (same,) = found["proposals"]
    assert list(same) == list(row)
    assert (same["title"], same["tags"], same["threshold"]) == (proposal.topic.title, ["вечер", "книги"], 50)
    assert same["url"] == f"http://testserver/ru/forum/topics/{proposal.pk}/"


def test_export_follows_the_choice_and_names_nobody(many, client, member):
    Topic.objects.update(author=member)

    text = b"".join(client.get("/ru/forum/proposals/proposals.json?district=leninsky").streaming_content).decode()

    assert [row["title"] for row in json.loads(text)["proposals"]] == ["Первая", "Вторая"]
    assert member.display_name not in text


def test_export_goes_on_from_batch_to_batch(city, client, monkeypatch):
    monkeypatch.setattr("forum.queries.proposals.EXPORT_BATCH", 2)
    board = make_board()
    for number in range(5):
        make_proposal(board, title=f"Идея {number}", status=Status.SUBMITTED)

    found = json.loads(b"".join(client.get("/ru/forum/proposals/proposals.json").streaming_content))

    assert [row["title"] for row in found["proposals"]] == [f"Идея {number}" for number in range(5)]


# --- what it costs ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 30])
def test_list_queries_do_not_grow(city, client, member, django_assert_num_queries, number):
    make_district()
    board = make_board(threshold=900)
    for _ in range(number):
        make_proposal(board, status=Status.COLLECTING, district="oktyabrsky", tags=(f"метка {_}",))
    client.force_login(member)
    client.get("/ru/forum/proposals/")

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/ru/forum/proposals/")


@pytest.mark.parametrize("number", [1, 30])
def test_page_queries_do_not_grow(city, client, member, keeper, django_assert_num_queries, number):
    board = make_board(threshold=900)
    proposal = make_proposal(board, title="Читальный зал")
    make_supporters(proposal, number)
    for one in range(min(number, 15)):
        make_proposal(board, title=f"Читальный зал {one}")
    for _ in range(min(number, 19)):  # what stands on one page
        make_reply(proposal.topic)
    actions.answer(proposal.topic, AnswerDraft("Город", "Да"), by=keeper)
    client.force_login(member)
    path = f"/ru/forum/topics/{proposal.pk}/"
    client.get(path)
    client.get(f"{path}?fresh=0")

    with django_assert_num_queries(SHARED_QUERIES):  # the page that most members share
        client.get(path)
    with django_assert_num_queries(PAGE_QUERIES):  # one's own
        client.get(f"{path}?fresh=1")


def test_held_proposal_is_seen_by_its_author_and_let_through(city, client, member, moderator, keepers):
    board = make_board(slug="held", held=Held.ALL, moderators=(keepers,), kinds=[Kind.PROPOSAL])
    client.force_login(member)
    client.post("/ru/forum/held/propose/", FORM)
    topic = Topic.objects.get()

    assert "Три вечера" in read(client, f"/ru/forum/topics/{topic.pk}/")
    assert listed(read(client, "/ru/forum/proposals/")) == []
    client.logout()
    assert client.get(f"/ru/forum/topics/{topic.pk}/").status_code == 404
    actions.approve(topic.posts.get(), by=moderator)
    assert listed(read(client, "/ru/forum/proposals/?x=1")) == [FORM["title"]]
    assert board.pk == Topic.objects.get().board_id


def test_permission_to_answer_for_the_city_is_enough(city, client, member):
    proposal = make_proposal(status=Status.REVIEW)
    member.user_permissions.add(Permission.objects.get(codename="answer_for_city"))
    client.force_login(member)

    assert "answer/" in read(client, f"/ru/forum/topics/{proposal.pk}/")
    assert client.get(f"/ru/forum/proposals/{proposal.pk}/handle/").status_code == 404
    assert client.get(f"/ru/forum/proposals/{proposal.pk}/answer/").status_code == 200
