"""What publishing, moving, hiding and deleting do to the index; first of all, that nothing leaks."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from news.models import FeedItem, NewsIndexPage, NewsPage
from pages.models import StandardPage
from partners.models import PartnerPage
from search import registry
from search.models import Entry
from tests.factories import make_district, make_news, make_partner, make_topic, make_user
from tests.search.conftest import ask, titles

pytestmark = pytest.mark.usefixtures("city")

SECRET = "Секретный велопробег"


def found() -> list[str]:
    """Every door of the index: with words, without, and the words of the engine."""
    hits = titles(ask("секретный велопробег")) + titles(ask(""))
    held = Entry.objects.filter(title=SECRET).values_list("document__title", flat=True)
    return [title for title in hits if title == SECRET] + list(held)


def make_page(parent: Page, title: str = SECRET, slug: str = "secret", *, publish: bool = True) -> StandardPage:
    page = parent.add_child(instance=StandardPage(title=title, slug=slug, live=False))
    revision = page.save_revision()
    if publish:
        revision.publish()
    return StandardPage.objects.get(pk=page.pk)


def test_publishing_makes_findable():
    page = make_news(SECRET, body=[("text", "<p>Сбор у моста.</p>")])

    results = ask("велопробеги")

    assert titles(results) == [SECRET]
    assert results.hits[0].entry.url == page.get_url()
    assert titles(ask("мост")) == [SECRET]


def test_a_draft_is_not_found():
    make_news(SECRET, publish=False)

    assert found() == []


def test_a_newer_draft_of_a_published_page_does_not_show():
    page = make_news("Обычный велопробег")
    page.title = SECRET
    page.save_revision()

    call_command("rebuild_index", verbosity=0, stdout=StringIO())

    assert found() == []
    assert titles(ask("велопробег")) == ["Обычный велопробег"]


def test_unpublishing_takes_out():
    page = make_news(SECRET)
    assert len(found()) == 3

    page.unpublish()

    assert found() == []


def test_unpublishing_with_everything_below_takes_all_out(city):
    above = make_page(city, "Раздел", "section")
    make_page(above)

    above.unpublish()
    for child in above.get_children().specific():
        child.unpublish()

    assert found() == []


def test_deleting_takes_out_with_everything_below(city):
    above = make_page(city, "Раздел", "section")
    make_page(above)
    assert len(found()) == 3

    above.delete()

    assert found() == []
    assert Entry.objects.count() == 0


def test_scheduling_for_later_does_not_show_yet(city):
    page = make_page(city, publish=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()

    assert found() == []


@pytest.mark.parametrize("restriction", ["password", "login", "groups"])
def test_a_page_made_private_goes_and_comes_back(city, restriction):
    page = make_page(city)

    lock = PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="x")
    hidden = found()
    lock.delete()

    assert hidden == []
    assert len(found()) == 3


def test_what_stands_below_a_private_page_is_private(city):
    above = make_page(city, "Раздел", "section")
    make_page(above)

    lock = PageViewRestriction.objects.create(page=above, restriction_type="login")
    hidden = found()
    lock.delete()

    assert hidden == []
    assert len(found()) == 3


def test_what_is_published_below_a_private_page_is_private(city):
    above = make_page(city, "Раздел", "section")
    lock = PageViewRestriction.objects.create(page=above, restriction_type="groups")
    lock.groups.add(Group.objects.create(name="Свои"))

    make_page(above)

    assert found() == []


def test_what_is_moved_below_a_private_page_is_private(city):
    above = make_page(city, "Раздел", "section")
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    page = make_page(city)

    page.move(above, "last-child")

    assert found() == []


def test_what_is_moved_out_of_a_private_page_is_found(city):
    above = make_page(city, "Раздел", "section")
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    page = make_page(above)

    page.move(city, "last-child")

    assert len(found()) == 3


def test_moving_renews_the_addresses_of_everything_below(city):
    above, goal = make_page(city, "Раздел", "section"), make_page(city, "Другой", "other")
    page = make_page(above)

    above.move(goal, "last-child")

    assert ask("секретный").hits[0].entry.url == "/ru/other/section/secret/"
    assert Page.objects.get(pk=page.pk).get_url() == "/ru/other/section/secret/"


def test_a_new_slug_renews_the_addresses_of_everything_below(city, django_capture_on_commit_callbacks):
    above = make_page(city, "Раздел", "section")
    make_page(above)

    with django_capture_on_commit_callbacks(execute=True):
        above.slug = "renamed"
        above.save_revision().publish()

    assert {entry.url for entry in Entry.objects.all()} == {"/ru/renamed/", "/ru/renamed/secret/"}


def test_a_synchronised_copy_is_not_a_thing_of_its_own(city, locales):
    page = make_page(city)

    page.copy_for_translation(locales["en"], copy_parents=True, alias=True)

    assert [entry.language for entry in Entry.objects.filter(title=SECRET)] == ["ru"]


def test_a_translation_is_folded_into_its_original(city, locales):
    page = make_page(city, "Каток «Лёд»", "rink")
    translation = page.copy_for_translation(locales["en"], copy_parents=True)
    translation.title = "Rink Лёд"
    translation.save_revision().publish()

    rows = Entry.objects.order_by("pk").values_list("language", "is_original", "title")

    assert list(rows) == [("ru", True, "Каток «Лёд»"), ("en", False, "Rink Лёд")]
    assert titles(ask("лёд", reader="en")) == ["Rink Лёд"]
    assert titles(ask("лёд", reader="be")) == ["Каток «Лёд»"]


def test_a_partner_is_found_by_what_is_public_only():
    partner = make_partner("Дом соседей", publish=True, slug="neighbours", short_name="ДомСос")
    partner.legal_name = "ООО Тайнослов"
    partner.contact_person = "Аполлинария"
    partner.save()
    partner.pages.get().save_revision().publish()

    assert titles(ask("соседи")) == ["Дом соседей"]
    assert titles(ask("домсос")) == ["Дом соседей"]
    assert ask("тайнослов аполлинария").total == 0


def test_a_partner_s_news_is_found_by_its_name():
    partner = make_partner("Дом соседей", slug="neighbours")
    make_news("Открыли дверь", partner=partner)

    assert sorted(titles(ask("соседи"))) == ["Дом соседей", "Открыли дверь"]
    assert titles(ask("", partner="neighbours", kind="news")) == ["Открыли дверь"]


def test_pages_that_nobody_registered_are_not_for_the_index():
    assert NewsIndexPage.objects.count() > 0
    for page in NewsIndexPage.objects.all():
        page.save_revision().publish()

    assert Entry.objects.count() == 0


def test_a_failed_publication_leaves_the_index_as_it_was(city):
    page = make_page(city, "Прежний заголовок", "before")

    def publish_and_fail() -> None:
        with transaction.atomic():
            page.title = SECRET
            page.save_revision().publish()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()

    assert found() == []
    assert titles(ask("прежний")) == ["Прежний заголовок"]
    assert NewsPage.objects.count() == 0


@pytest.fixture
def _broken_builder():
    source = registry.source_of(StandardPage())

    def fail(page: StandardPage) -> None:
        raise RuntimeError("the index cannot be written")

    registry.register(source.kind, StandardPage, fail)
    yield
    registry.register(source.kind, StandardPage, source.builder)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_broken_builder")
def test_a_page_that_cannot_be_indexed_is_not_published_either(city):
    page = make_page(city, publish=False)

    with pytest.raises(RuntimeError, match="cannot be written"):
        page.get_latest_revision().publish()

    page.refresh_from_db()
    assert not page.live


def entries(name: str = "partner_name", **fields: str) -> list[tuple[str, ...]]:
    return list(Entry.objects.filter(**fields).order_by("language").values_list(name, "district"))


@pytest.mark.django_db(transaction=True)
def test_renamed_and_moved_partner_is_carried_to_its_news():
    partner = make_partner("Старое имя", slug="old", district=make_district("aaa"))
    make_news("Новость", partner=partner)
    assert entries(kind="news") == [("Старое имя", "aaa")]

    page = PartnerPage.objects.get(partner=partner)
    page.title, page.district = "Новое имя", make_district("bbb")
    page.save_revision().publish()

    assert entries(kind="news") == [("Новое имя", "bbb")]


@pytest.mark.django_db(transaction=True)
def test_facts_of_the_original_reach_the_entry_of_its_translation():
    page = make_partner("Цель", slug="target").pages.get()
    translated = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    translated.title = "Target"
    translated.save_revision().publish()

    page = PartnerPage.objects.get(pk=page.pk)
    page.district = make_district("bbb")
    page.save_revision().publish()

    assert entries("title", kind="partner") == [("Target", "bbb"), ("Цель", "bbb")]


@pytest.mark.django_db(transaction=True)
def test_renamed_word_is_found_by_its_new_name():
    topic = make_topic("robotics")
    make_partner("Клуб", slug="club", topics=[topic])

    topic.name = "Автоматика"
    topic.save()

    assert titles(ask("автоматика")) == ["Клуб"]


@pytest.mark.django_db(transaction=True)
def test_changed_slug_and_deleted_word_leave_no_facet_behind():
    district = make_district("aaa")
    make_partner("Клуб", slug="club", district=district)

    district.slug = "bbb"
    district.save()
    assert entries("title", kind="partner") == [("Клуб", "bbb")]
    district.delete()

    assert entries("title", kind="partner") == [("Клуб", "")]


@pytest.mark.django_db(transaction=True)
def test_copy_that_became_a_page_of_its_own_is_found_and_listed():
    partner = make_partner()
    item = make_news("Источник", partner=partner)
    copy = item.create_alias(update_slug="copy", parent=partner.pages.get())

    ConvertAliasPageAction(copy, user=make_user(is_superuser=True)).execute(skip_permission_checks=True)

    assert Entry.objects.filter(key=f"page:{copy.pk}").exists()
    assert FeedItem.objects.filter(page_id=copy.pk, live=False).count() == 0


@pytest.mark.django_db(transaction=True)
def test_translation_that_became_a_copy_is_listed_no_more(client):
    item = make_news("Исходная")
    english = Locale.objects.get(language_code="en")
    translate_object(item, [english])
    translated = item.get_translation(english).specific
    translated.title = "Translated"
    translated.save_revision().publish()
    Translation.objects.update(enabled=False)
    client.force_login(make_user(is_superuser=True))

    client.post(reverse("wagtail_localize:convert_to_alias", args=[translated.pk]))

    assert NewsPage.objects.get(pk=translated.pk).alias_of_id == item.pk
    assert list(Entry.objects.filter(kind="news").values_list("title", flat=True)) == ["Исходная"]
    assert list(FeedItem.objects.filter(live=True).values_list("page_id", flat=True)) == [item.pk]


def test_news_of_a_partner_whose_page_is_offline_does_not_name_it(client):
    partner = make_partner("Тайный клуб", slug="secret", publish=False)
    item = make_news("Новость", partner=partner)

    assert "Тайный клуб" not in client.get(item.url).content.decode()
    assert entries(kind="news") == [("", "")]
