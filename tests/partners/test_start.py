"""What a partner's team finds when it opens the CMS."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from accounts.models import User
from pages.staff_groups import COORDINATORS, MEDIA_TEAM
from partners.actions import add_member
from partners.enums import Role, Trust
from partners.models import Partner
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.django_db
HOME = reverse("wagtailadmin_home")


def member(role: Role, *partners: Partner) -> tuple[User, Client]:
    person = make_user(language="ru")
    for partner in partners:
        add_member(partner, person, role)
    client = Client()
    client.force_login(person)
    return person, client


def start(client: Client) -> str:
    return client.get(HOME).content.decode()


def test_three_buttons_lead_to_the_work(city):
    _person, client = member(Role.EDITOR, make_partner())

    html = start(client)

    for name in ("write_news", "our_page", "wagtailimages:add_multiple"):
        assert f'class="city-button" href="{reverse(name)}"' in html


def test_a_team_is_led_to_the_code_for_its_own_site(city):
    _person, client = member(Role.AUTHOR, make_partner(slug="grove"))

    assert 'href="/ru/search/embed/?partner=grove"' in start(client)


def test_author_is_not_offered_what_only_editors_may(city):
    _person, client = member(Role.AUTHOR, make_partner())

    assert reverse("our_page") not in start(client)
    assert client.get(reverse("our_page")).url == HOME


def test_menu_holds_only_what_a_team_can_use(city):
    _person, client = member(Role.OWNER, make_partner())

    html = start(client)

    assert reverse("wagtailimages:index") in html
    for name in ("wagtailadmin_reports:site_history", "wagtailsnippets:index", "news_desk:index"):
        assert reverse(name) not in html


def test_submitted_text_waits_for_the_editors_of_the_same_partner(city):
    ours, theirs = make_partner(), make_partner()
    author, _client = member(Role.AUTHOR, ours)
    page = make_news("Ждёт одобрения", partner=ours, publish=False, owner=author)
    ours.workflow.start(page, author)

    assert "Ждёт одобрения" in start(member(Role.EDITOR, ours)[1])
    assert "Ждёт одобрения" not in start(member(Role.EDITOR, theirs)[1])


def test_own_drafts_are_listed(city):
    partner = make_partner()
    person, client = member(Role.AUTHOR, partner)
    make_news("Мой черновик", partner=partner, publish=False, owner=person)
    make_news("Чужой черновик", partner=partner, publish=False, owner=make_user())

    html = start(client)

    assert "Мой черновик" in html
    assert "Чужой черновик" not in html


def test_numbers_of_the_partner(city):
    partner = make_partner(trust=Trust.NEW, assured_date=date(2026, 3, 6))
    make_news(partner=partner)
    make_news(partner=partner, publish=False)
    _person, client = member(Role.OWNER, partner)

    panel = client.get(HOME).context["panels"][0]
    shown = panel.get_context_data({"request": client.get(HOME).wsgi_request})["partners"]

    assert [[number.value for number in numbers] for _page, numbers in shown] == [[1, 1, 4, date(2026, 3, 6)]]


def test_write_news_leads_below_the_page_in_the_editors_language(city):
    partner = make_partner()
    english = partner.pages.get().copy_for_translation(Locale.objects.get(language_code="en"))
    person, client = member(Role.AUTHOR, partner)
    person.language = "en"
    person.save()

    response = client.get(reverse("write_news"))

    assert response.url == reverse("wagtailadmin_pages:add", args=["news", "newspage", english.pk])


def test_person_in_two_teams_chooses_first(city):
    _person, client = member(Role.EDITOR, make_partner("Музей"), make_partner("Библиотека"))

    html = client.get(reverse("write_news")).content.decode()

    assert "Музей" in html
    assert "Библиотека" in html


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_start_page_do_not_grow_with_the_work(city, count, django_assert_num_queries):
    partner = make_partner()
    person, client = member(Role.EDITOR, partner)
    for _ in range(count):
        page = make_news(partner=partner, publish=False, owner=person)
        partner.workflow.start(page, person)
    start(client)

    with django_assert_num_queries(27):
        start(client)


def serving(group: str) -> Client:
    person = make_user(language="ru")
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


def test_media_team_begins_with_the_desk_and_what_waits_there(city):
    for number in range(7):
        make_news(f"Новость {number}", partner=make_partner(f"Клуб {number}", trust=Trust.NEW))

    html = start(serving(MEDIA_TEAM))

    assert f'class="city-button" href="{reverse("news_desk:index")}"' in html
    assert [f"Новость {number}" in html for number in range(7)] == [True] * 5 + [False] * 2
    assert "Клуб 4" in html
    assert reverse("coordination:new") not in html


def test_coordinator_begins_with_the_partners(city):
    make_news("Новость", partner=make_partner(trust=Trust.NEW))

    html = start(serving(COORDINATORS))

    assert f'class="city-button" href="{reverse("coordination:new")}"' in html
    assert f'class="city-button" href="{reverse("coordination:index")}"' in html


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_the_media_teams_start_page_do_not_grow(city, django_assert_num_queries, number):
    for _ in range(number):
        make_news(partner=make_partner(trust=Trust.NEW))
    client = serving(MEDIA_TEAM)
    start(client)

    with django_assert_num_queries(25):
        start(client)


def test_who_approves_for_several_partners_finds_what_waits(city):
    first, second = make_partner(), make_partner()
    client = serving(COORDINATORS)
    person = User.objects.get(groups__name=COORDINATORS)
    first.workflow.tasks[0].specific.groups.first().user_set.add(person)
    for partner, title in ((first, "Для одобрения"), (second, "Чужое")):
        author, _client = member(Role.AUTHOR, partner)
        page = make_news(title, partner=partner, publish=False, owner=author)
        partner.workflow.start(page, author)

    html = start(client)

    assert "Для одобрения" in html
    assert "Чужое" not in html
