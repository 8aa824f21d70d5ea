"""From the idea to the deed, with a real browser: with and without scripts, on a phone, for everybody's eyes."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum import actions
from forum.actions import AnswerDraft
from forum.enums import Status
from forum.models import Proposal, Topic
from notices.models import Notice
from tests.browser.conftest import LONG, walk
from tests.browser.test_accounts import PASSWORD, sign_in
from tests.factories import make_board, make_district, make_proposal, make_reply, make_supporters, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def author(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Anna", language="en")


@pytest.fixture
def keeper(live_server, city) -> User:
    """May do everything, as a coordinator who also answers for the city."""
    return make_user(password=PASSWORD, display_name="Keeper", language="en", is_superuser=True)


@pytest.fixture
def board(live_server, city):
    make_district()
    return make_board("Что улучшить", slug="ideas", kinds=["proposal"], threshold=2)


def write(page: Page) -> None:
    page.get_by_label("Title").fill("Open the reading room in the evening")
    page.get_by_label("What is wrong now").fill("The library closes at seven")
    page.get_by_label("What you propose").fill("Keep **one** room open until ten")
    page.get_by_label("Where").select_option("oktyabrsky")


def become(page: Page, person: User) -> None:
    page.context.clear_cookies()
    sign_in(page, person)


def step(page: Page, proposal: Proposal, name: str, note: str = "") -> None:
    page.goto(f"/en/forum/topics/{proposal.pk}/")
    page.get_by_role("link", name="Handle the proposal").click()
    page.get_by_label(name, exact=True).check()
    page.get_by_label("Why, in a sentence or two").fill(note)
    page.get_by_role("button", name="Take the step").click()
    expect(page.locator("[aria-current=step]")).to_contain_text(name)


def from_idea_to_deed(page: Page, author: User, keeper: User) -> None:
    """After the form was sent."""
    proposal = Proposal.objects.latest("pk")
    become(page, keeper)
    step(page, proposal, "Checked", "It keeps the rules")
    step(page, proposal, "Collects support")
    for supporter in (author, make_user(password=PASSWORD, language="en")):
        page.context.clear_cookies()
        page.goto(f"/en/forum/topics/{proposal.pk}/")
        page.get_by_role("link", name="Sign in to support it").click()
        page.get_by_label("E-mail").fill(supporter.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name="Support", exact=True).click()
        expect(page.get_by_text("You support it", exact=True)).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_contain_text("Under review")

    become(page, keeper)
    page.goto(f"/en/forum/topics/{proposal.pk}/")
    page.get_by_role("link", name="Write the official answer").click()
    page.get_by_label("Signed by").fill("Department of culture")
    page.get_by_label("Your answer").fill("**Yes**, from April on")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".official strong")).to_have_text("Yes")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#answer")).to_contain_text("Department of culture")
    for name in ("Accepted", "Being done"):
        step(page, proposal, name)
    page.get_by_role("link", name="Handle the proposal").click()
    page.get_by_label("Done", exact=True).check()
    page.get_by_role("button", name="Take the step").click()
    expect(page.locator(".page-head .free")).to_have_text("Done")

    proposal.refresh_from_db()
    assert (proposal.status, proposal.supports, proposal.days_waiting) == (Status.DONE, 2, None)
    told = Notice.objects.filter(person=author, kind__startswith="proposal.").order_by("pk")
    assert [notice.params.get("status", "answer") for notice in told] == [
        *("checked", "collecting", "review", "answer", "accepted", "doing", "done"),
    ]


def test_idea_becomes_a_deed(page, board, author, keeper):
    known = make_proposal(board, title="Reading room open on Sundays", text="Open it", language="en")
    sign_in(page, author)
    page.goto("/en/forum/proposals/")
    page.get_by_role("link", name="Make a proposal").click()
    write(page)
    offer = page.locator("#similar").get_by_role("link", name="Support this one instead")
    expect(offer).to_have_attribute("href", f"/en/forum/topics/{known.pk}/#support")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".post__body strong")).to_have_text("one")
    expect(offer).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open the reading room in the evening")

    from_idea_to_deed(page, author, keeper)


def test_all_of_it_works_without_scripts(plain, board, author, keeper):
    known = make_proposal(board, title="Reading room open on Sundays", text="Open it", language="en")
    sign_in(plain, author)
    plain.goto("/en/forum/ideas/new/")
    expect(plain).to_have_url("/en/forum/ideas/propose/")
    plain.get_by_label("What is wrong now").fill("The library closes at seven")
    plain.get_by_role("button", name="Publish").click()
    expect(plain.get_by_role("alert")).to_contain_text("Say in one sentence what is to be done.")
    expect(plain.get_by_label("What is wrong now")).to_have_value("The library closes at seven")
    write(plain)
    plain.get_by_role("button", name="Look at it first").click()
    expect(plain.locator("#similar")).to_contain_text(known.topic.title)
    plain.get_by_role("button", name="Publish").click()

    from_idea_to_deed(plain, author, keeper)


def test_map_and_list_go_together_by_keyboard(page, board):
    from common.models import District

    District.objects.update(latitude=52, longitude=104)
    make_proposal(board, title="Here", district="oktyabrsky")
    make_proposal(board, title="Everywhere")
    page.goto("/en/forum/proposals/")
    tile = page.locator(".tile")
    expect(page.locator("article.topic")).to_have_count(2)

    tile.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/forum/proposals/?district=oktyabrsky")
    expect(tile).to_have_attribute("aria-current", "true")
    expect(page.locator("article.topic h3")).to_have_text(["Here"])
    tile.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.topic")).to_have_count(2)


@pytest.fixture
def paths(board, author, keeper) -> dict[str, str]:
    """Each kind of page, as a moderator gets it: with everything there is."""
    waiting = make_proposal(
        board, by=author, title=f"Открыть {LONG}", status=Status.REVIEW, district="oktyabrsky", tags=("evening",)
    )
    make_supporters(waiting, 12)
    make_reply(waiting.topic, text="Ready to help")
    answered = make_proposal(board, title="Открыть зал", status=Status.DOING)
    actions.answer(answered.topic, AnswerDraft("Управление культуры", f"**Да** {LONG}"), by=keeper)
    actions.answer(
        answered.topic, AnswerDraft("Управление культуры", "Нет", document_url="https://a.example"), by=keeper
    )
    make_proposal(board, title="Лавки", status=Status.COLLECTING)
    merged = make_proposal(board, title="Та же")
    actions.merge_proposal(merged.topic, waiting.topic, by=keeper)
    return {
        "list": "/en/forum/proposals/",
        "nothing": "/ru/forum/proposals/?tag=no&district=oktyabrsky",
        "the longest wait": "/be/forum/proposals/?sort=waiting",
        "waiting": f"/ru/forum/topics/{waiting.pk}/",
        "answered": f"/en/forum/topics/{answered.pk}/",
        "merged": f"/ru/forum/topics/{merged.pk}/",
        "collecting": f"/en/forum/topics/{Topic.objects.get(title='Лавки').pk}/",
        "a form": "/ru/forum/ideas/propose/",
        "a change": f"/en/forum/proposals/{waiting.pk}/edit/",
        "handling": f"/ru/forum/proposals/{waiting.pk}/handle/",
        "answering": f"/en/forum/proposals/{waiting.pk}/answer/",
        "an answer's history": f"/ru/forum/proposals/{answered.pk}/answer/history/",
    }


def test_axe_finds_nothing_and_nothing_hangs_over(seen, paths, keeper):
    walk(seen, [paths["list"], paths["collecting"]])

    sign_in(seen, keeper)

    walk(seen, paths.values())
