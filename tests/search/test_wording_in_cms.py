"""Editors keep synonyms and picks in the CMS: what they are told when something is wrong, and that it is saved."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.forms.utils import ErrorDict
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from pages.staff_groups import MEDIA_TEAM
from search.editing import save_group
from search.models import Pick, SynonymGroup
from search.synonyms import alternatives
from tests.factories import make_news, make_user

pytestmark = pytest.mark.django_db
ADD_SYNONYMS = reverse("wagtailsnippets_search_synonymgroup:add")
ADD_PICK = reverse("wagtailsnippets_search_pick:add")
NO_ADDRESS = "An address begins with / on this site and with https:// elsewhere."


@pytest.fixture
def media(city) -> Client:
    person, client = make_user(language="en"), Client()
    person.groups.add(Group.objects.get(name=MEDIA_TEAM))
    UserProfile.objects.create(user=person, preferred_language="en")
    client.force_login(person)
    return client


def errors(response) -> dict[str, list[str]]:
    return in_english(response.context["form"].errors)


def in_english(said: ErrorDict) -> dict[str, list[str]]:
    with translation.override("en"):
        return {field: [str(one) for one in several] for field, several in said.items()}


def sent_pick(*places: dict[str, str], **words: str) -> dict[str, str]:
    sent = {"language": "ru", "phrases": "школа", "show_from": "", "show_until": "", **words}
    sent |= {"places-TOTAL_FORMS": str(len(places)), "places-INITIAL_FORMS": "0"}
    sent |= {"places-MIN_NUM_FORMS": "0", "places-MAX_NUM_FORMS": "1000"}
    for number, place in enumerate(places):
        whole = {"page": "", "url": "", "title": "", "sentence": "", "id": "", "ORDER": str(number), "DELETE": ""}
        sent |= {f"places-{number}-{name}": value for name, value in (whole | place).items()}
    return sent


def test_group_is_saved_with_what_belongs_to_it_alone(media):
    response = media.post(ADD_SYNONYMS, {"language": "ru", "phrases": "велик, велосипед", "also": ""})

    group = SynonymGroup.objects.get()
    assert response.status_code == 302
    assert str(group) == "велик, велосипед"
    assert group.keys.count() == 2
    assert alternatives(("велосипеды",), "ru")[0].phrases == (("велик",),)


def test_group_is_changed_and_deleted(media):
    group = save_group(SynonymGroup(language="ru", phrases="велик, велосипед"))
    edit = reverse("wagtailsnippets_search_synonymgroup:edit", args=[group.pk])

    media.post(edit, {"language": "ru", "phrases": "велик, велосипед, байк", "also": ""})
    changed = set(group.keys.values_list("key", flat=True))
    media.post(reverse("wagtailsnippets_search_synonymgroup:delete", args=[group.pk]))

    assert changed == {"велик", "велосипед", "баик"}
    assert not SynonymGroup.objects.exists()


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        ("", "This field is required."),
        (" , ,\n; ", "Write at least 2 words or short phrases, with commas between."),
        ("велик", "Write at least 2 words or short phrases, with commas between."),
        ("велик, ВЕЛИК", "Write at least 2 words or short phrases, with commas between."),
        ("велик, !!!", "There are no letters or digits in “!!!”."),
        ("велик, " + "я" * 61, f"“{'я' * 30}…” is too long: 60 characters at most."),
        ("велик, а б в г д е", "“а б в г д е” has 6 words; a phrase has at most 5."),
        (", ".join(f"слово{n}" for n in range(21)), "There are 21 here; 20 at most can stand together."),
    ],
)
def test_mistake_is_said_at_the_field(media, phrases, said):
    response = media.post(ADD_SYNONYMS, {"language": "ru", "phrases": phrases, "also": ""})

    assert errors(response) == {"phrases": [said]}
    assert not SynonymGroup.objects.exists()


def test_overlong_list_is_refused(media):
    response = media.post(ADD_SYNONYMS, {"language": "ru", "phrases": "велик, велосипед " * 1000, "also": ""})

    assert list(errors(response)) == ["phrases"]


def test_one_way_group_may_have_one_word(media):
    good = media.post(ADD_SYNONYMS, {"language": "ru", "phrases": "тренер", "also": "наставник"})
    bad = media.post(ADD_SYNONYMS, {"language": "ru", "phrases": "учитель", "also": "???"})

    assert good.status_code == 302
    assert errors(bad) == {"also": ["There are no letters or digits in “???”."]}


def test_phrase_of_another_group_is_refused_and_that_group_named(media):
    save_group(SynonymGroup(language="ru", phrases="велик, велосипед"))

    same = media.post(ADD_SYNONYMS, {"language": "ru", "phrases": "самокат, велосипедами", "also": ""})
    other_language = media.post(ADD_SYNONYMS, {"language": "be", "phrases": "ровар, велосипед", "also": ""})

    said = "“велосипедами” is already in the group “велик, велосипед”. Add to that one."
    assert errors(same) == {"phrases": [said]}
    assert other_language.status_code == 302


def test_pick_is_saved_with_its_places(media):
    page = make_news("Школа")
    places = ({"page": str(page.pk)}, {"url": "https://example.org/", "title": "Портал"})

    response = media.post(ADD_PICK, sent_pick(*places, phrases="школа, учиться"))

    assert response.status_code == 302
    assert list(Pick.objects.get().places.values_list("key", "url", "title")) == [
        (f"page:{page.pk}", "", ""),
        ("", "https://example.org/", "Портал"),
    ]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({}, {"page": ["Choose a page or write an address: one of the two."]}),
        (
            {"url": "javascript:alert(1)"},
            {"url": ["An address begins with / on this site and with https:// elsewhere."]},
        ),
        ({"url": "//evil.example"}, {"url": ["An address begins with / on this site and with https:// elsewhere."]}),
        ({"url": "/ru/nowhere/"}, {"title": ["Write a title: the index knows none for this address."]}),
    ],
)
def test_place_that_leads_nowhere_is_refused(media, place, said):
    response = media.post(ADD_PICK, sent_pick(place | {"sentence": "Тут"}))

    assert list(map(in_english, response.context["form"].formsets["places"].errors)) == [said]
    assert not Pick.objects.exists()


def test_pick_that_ends_before_it_begins_is_refused(media):
    when = {"show_from": "2026-12-02 10:00", "show_until": "2026-12-01 10:00"}

    response = media.post(ADD_PICK, sent_pick({"url": "https://example.org/", "title": "Портал"}, **when))

    assert errors(response) == {"show_until": ["The end must come after the beginning."]}


def test_pick_without_a_place_is_refused(media):
    assert media.post(ADD_PICK, sent_pick()).status_code == 200
    assert not Pick.objects.exists()


@pytest.mark.parametrize("address", [ADD_SYNONYMS, ADD_PICK])
def test_form_opens_with_what_people_looked_for(media, address):
    html = media.get(address, {"language": "be", "phrases": "флейта <b>\x00"}).content.decode()

    assert "флейта &lt;b&gt;</textarea>" in html
    assert '<option value="be" selected>' in html


def test_lists_are_read_and_filtered(media):
    save_group(SynonymGroup(language="ru", phrases="велик, велосипед"))
    save_group(SynonymGroup(language="en", phrases="bike, bicycle"))

    html = media.get(reverse("wagtailsnippets_search_synonymgroup:list"), {"language": "en"}).content.decode()

    assert "bike, bicycle" in html
    assert "велик" not in html


def test_sites_laid_out_before_get_the_rights_once_and_keep_what_they_have(city):
    give_rights = import_module("search.migrations.0007_synonyms_picks_and_what_people_look_for").give_rights
    group = Group.objects.get(name=MEDIA_TEAM)
    group.permissions.remove(*group.permissions.filter(content_type__app_label="search"))
    before = set(group.permissions.all())

    for _ in range(2):
        give_rights(apps, None)

    given = set(group.permissions.all()) - before
    assert {right.codename for right in given} == {
        *(f"{verb}_{thing}" for verb in ("add", "change", "delete", "view") for thing in ("pick", "synonymgroup")),
        "see_searches",
    }
    assert set(group.permissions.all()) >= before
