"""Editors at work: from the empty form to the site, and what waits for whom in between."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import User
from news.enums import CityFeed
from news.models import FeedItem, NewsPage
from pages.staff_groups import MEDIA_TEAM
from partners.actions import add_member
from partners.enums import Role, Trust
from partners.models import Partner
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.browser
PASSWORD = "correct horse"
HOME, DESK = re.compile(r"^http://[^/]+/cms/$"), re.compile(r"^http://[^/]+/cms/news-desk/$")


def sign_in(page: Page, person: User) -> None:
    page.context.clear_cookies()
    page.goto("/en/accounts/login/?next=/cms/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(HOME)


def member(partner: Partner, role: Role) -> User:
    person = make_user(language="en", password=PASSWORD)
    add_member(partner, person, role)
    return person


def write(page: Page, title: str, lead: str) -> None:
    page.goto("/cms/")
    page.click("text=Write news")
    page.fill("textarea[name=title], input[name=title]", title)
    page.fill("textarea[name=lead]", lead)


def press(page: Page, name: str) -> None:
    """One of the buttons at the foot of the form; all but the first are behind the arrow beside it."""
    button = page.locator(f"footer button[name={name}]")
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").click()
    button.click()
    page.wait_for_load_state()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "fair.jpg"
    Image.new("RGB", (640, 480), "teal").save(path)
    return path


def test_editor_writes_news_with_a_picture_that_shows_on_site_in_feed_and_in_search(page, city, picture):
    partner = make_partner("Crafts house", trust=Trust.TRUSTED)
    sign_in(page, member(partner, Role.EDITOR))

    write(page, "A fair of wooden toys", "Come and carve with us.")
    page.locator("#panel-child-content-child-child-cover-section, [data-contentpath=cover]").first.get_by_role(
        "button", name="Choose"
    ).first.click()
    page.get_by_role("tab", name="Upload").click()
    page.set_input_files("input[name=image-chooser-upload-file]", picture)
    page.fill("input[name=image-chooser-upload-title]", "Toys")
    page.locator(".modal button[type=submit]", has_text="Upload").click()
    page.locator(".modal").wait_for(state="hidden")
    page.fill("input[name=cover_alt]", "Wooden toys on a table")
    press(page, "action-publish")

    news = NewsPage.objects.get()
    assert (news.live, news.get_parent().specific.partner, news.cover.collection) == (True, partner, partner.collection)
    page.goto(news.url)
    expect(page.get_by_role("heading", name="A fair of wooden toys")).to_be_visible()
    expect(page.get_by_alt_text("Wooden toys on a table")).to_be_visible()
    assert "A fair of wooden toys" in page.request.get("/ru/news/atom/").text()
    page.goto("/ru/search/?q=wooden+toys")
    expect(page.get_by_role("link", name="A fair of wooden toys")).to_be_visible()


def test_authors_text_waits_until_an_editor_of_the_same_partner_approves(page, city):
    partner, other = make_partner("Museum"), make_partner("Library")
    author, editor, stranger = member(partner, Role.AUTHOR), member(partner, Role.EDITOR), member(other, Role.EDITOR)
    sign_in(page, author)
    write(page, "Night at the museum", "Lights out at ten.")
    press(page, "action-submit")
    news = NewsPage.objects.get()
    assert not news.live

    sign_in(page, stranger)
    expect(page.get_by_text("Night at the museum")).to_have_count(0)
    page.goto(f"/cms/pages/{news.pk}/edit/")
    expect(page).to_have_url(HOME)
    sign_in(page, editor)
    page.get_by_role("link", name="Night at the museum").first.click()
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("footer [data-workflow-action-name=approve]").first.click()
    page.wait_for_load_state()

    news.refresh_from_db()
    assert news.live


def test_media_team_approves_pins_and_schedules(page, city):
    media = make_user(language="en", password=PASSWORD)
    media.groups.add(Group.objects.get(name=MEDIA_TEAM))
    news = make_news("A new lathe", partner=make_partner(trust=Trust.NEW))
    sign_in(page, media)

    page.goto("/cms/news-desk/")
    page.get_by_role("button", name="Let into the city feed").click()
    expect(page).to_have_url(DESK)
    assert FeedItem.objects.get().city == CityFeed.SHOWN
    page.get_by_role("link", name="Pin…").click()
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page).to_have_url(DESK)
    assert FeedItem.objects.get().pinned_until > timezone.now() + timedelta(days=6)
    page.goto("/ru/news/")
    expect(page.get_by_role("link", name="A new lathe").first).to_be_visible()

    draft = make_news("Tomorrow's news", publish=False, go_live_at=timezone.now() + timedelta(days=1))
    page.goto(f"/cms/pages/{draft.pk}/edit/")
    press(page, "action-publish")

    draft.refresh_from_db()
    assert (draft.live, draft.approved_schedule) == (False, True)
    assert not FeedItem.objects.filter(page=draft).exists()
    assert news.feed_item.pinned
