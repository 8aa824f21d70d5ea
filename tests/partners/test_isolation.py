"""Nothing of one partner reaches another partner's team, by any address of the CMS.

One network is built for the whole file: partners `ours` and `rival`, each with drafts, unpublished edits, private
pages, files, comments, work in progress, translations. Everything of the rival's that must stay with it bears MARK.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from news.models import NewsPage
from partners.actions import add_member, archive_partner
from partners.enums import Role
from partners.isolation.doors import DOORS
from partners.isolation.forms import GuardedPageForm
from partners.models import PartnerPage
from tests.factories import make_city, make_user
from tests.partners.sides import Side, link, make_side, rows_of

MARK = "sekretb"
ROLES = [role.value for role in Role]


@dataclass
class Network:
    ours: Side
    rival: Side


@pytest.fixture(scope="module")
def network(django_db_setup: None, django_db_blocker: Any) -> Iterator[Network]:
    with django_db_blocker.unblock(), transaction.atomic():
        make_city()
        ours, rival = make_side("ours", "eigenes"), make_side("rival", MARK)
        link(ours.things["live"][0], rival.things["live"][0])
        link(rival.things["draft"][0], ours.things["live"][0])
        yield Network(ours, rival)
        transaction.set_rollback(True)


# --- the walk ------------------------------------------------------------------------------------------------------

ID_KINDS = {
    "page_id": "page",
    "parent_page_id": "page",
    "page_to_move_id": "page",
    "destination_id": "page",
    "page_pk": "page",
    "image_id": "picture",
    "document_id": "document",
    "doc_id": "document",
    "uploaded_file_id": "upload",
    "revision_id": "revision",
    "revision_id_a": "revision",
    "revision_id_b": "revision",
    "task_state_id": "task_state",
    "task_id": "task",
    "workflow_state_id": "workflow_state",
    "workflow_pk": "workflow",
    "translation_id": "translation",
    "translation_source_id": "source",
    "string_segment_id": "segment",
    "overridable_segment_id": "segment",
    "redirect_id": "redirect",
    "collection_id": "collection",
    "session_id": "session",
    "object_id": "page",
    "person": "person",
}
MODELS = [
    ("wagtailcore", "page"),
    ("news", "newspage"),
    ("partners", "partnerpage"),
    ("partners", "partner"),
    ("common", "picture"),
    ("wagtaildocs", "document"),
    ("accounts", "user"),
]
APP_NAMES = {"app_label", "app_name", "content_type_app_name"}
MODEL_NAMES = {"model_name", "content_type_model_name"}
WORDS = {
    "action": ["delete", "move", "publish", "unpublish", "add_tags", "add_to_collection"],
    "action_name": ["approve", "reject", "copy", "delete", "publish", "unpublish", "move", "create_alias"],
    "filter_spec": ["width-200"],
    "mode": ["default"],
    "uidb64": ["MQ"],
    "token": ["a-b"],
}
SENT_PAGES = ["new_parent_page", "parent_page", "chooser", "child_of", "descendant_of", "childOf", "target_pages[]"]


def patterns() -> Iterator[tuple[str, str, URLPattern]]:
    """Path, name and pattern of every address of the site."""

    def below(resolver: URLResolver, path: str, namespace: str) -> Iterator[tuple[str, str, URLPattern]]:
        for pattern in resolver.url_patterns:
            here = path + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from below(pattern, here, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
            else:
                yield here, f"{namespace}{pattern.name or ''}", pattern

    return below(get_resolver(), "", "")


def cms_patterns() -> Iterator[tuple[str, URLPattern]]:
    return ((name, pattern) for path, name, pattern in patterns() if path.startswith("cms/"))


def addresses(network: Network) -> Iterator[str]:
    """Every address of the CMS with the rival's ids in it; where it takes several, also beside ids of ours."""
    for name, pattern in cms_patterns():
        if not name or name.endswith(":"):
            continue
        names = list(_parameters(pattern))
        found = {_reverse(name, dict(zip(names, values, strict=True))) for values in _fillings(network, names)}
        known = sorted(address for address in found if address)
        yield from known if name in DOORS else known[:: max(1, len(known) // 4)]  # a shut door needs fewer knocks


def _parameters(pattern: URLPattern) -> dict[str, Any]:
    converters = dict(pattern.pattern.converters)
    return converters or dict(getattr(pattern.pattern, "regex", None).groupindex)


def _fillings(network: Network, names: list[str]) -> Iterator[tuple[Any, ...]]:
    several = sum(name in ID_KINDS or name == "pk" for name in names) > 1
    choices = [_values(network, name, mixed=several) for name in names]
    for values in product(*choices):
        chosen = dict(zip(names, values, strict=True))
        app = next((chosen[name] for name in names if name in APP_NAMES), None)
        model = next((chosen[name] for name in names if name in MODEL_NAMES), None)
        if app is None or model is None or (app, model) in MODELS:
            yield values


def _values(network: Network, name: str, *, mixed: bool) -> list[Any]:
    if name in APP_NAMES:
        return sorted({app for app, _model in MODELS})
    if name in MODEL_NAMES:
        return sorted({model for _app, model in MODELS})
    if name in WORDS:
        return WORDS[name]
    if name == "pk" and not mixed:
        one_of_each = {network.rival.ids(kind)[0] for kind in network.rival.things}
        return sorted(one_of_each.union(network.rival.ids("page")))
    kind = ID_KINDS.get(name, "page")
    if mixed:  # the last ones are of the translated page, the first of the partner's own
        return [*network.rival.ids(kind)[:2], *network.rival.ids(kind)[-1:], network.ours.ids(kind)[0]]
    return network.rival.ids(kind)


def _reverse(name: str, kwargs: dict[str, Any]) -> str | None:
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return None


def query(rival: Side) -> dict[str, Any]:
    """The rival's ids under every name that a list, chooser or bulk action reads, and a search for what is secret."""
    return {
        "q": MARK[:-1],
        "term": MARK[:-1],
        "id": rival.ids("page") + rival.ids("picture") + rival.ids("document"),
        "collection_id": rival.ids("collection"),
        "collection": rival.ids("collection"),
        "owner": rival.ids("person"),
        "search_all": "1",
        "describe_on_delete": "1",
        "external-link-chooser-url": "https://example.org",
        **{name: rival.ids("draft") for name in SENT_PAGES},
    }


def leaks(response: HttpResponse) -> bool:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return MARK in (body.decode(errors="replace") + str(response.headers)).lower()


def try_address(client: Client, address: str, rival: Side) -> Iterator[str]:
    response = client.get(address)
    tries = [("get", response)]
    if response.status_code == 200:
        tries.append(("get with ids", client.get(address, query(rival))))
    if "logout" not in address:
        tries.append(("post", client.post(address, query(rival))))
    for method, response in tries:
        if leaks(response):
            yield f"{method} {address} leaks ({response.status_code})"
        if response.status_code == 500 and method != "post":  # Wagtail's forms need more than ids to be read
            yield f"{method} {address} breaks"
    client.cookies.pop("messages", None)


@pytest.fixture
def client_of(network: Network) -> Any:
    def sign_in(side: str, role: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(getattr(network, side).team[role])
        return client

    return sign_in


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_address_shows_or_changes_anything_of_the_rival(network, client_of, role):
    client = client_of("ours", role)
    before = rows_of(network.rival)

    failures = [failure for address in addresses(network) for failure in try_address(client, address, network.rival)]

    assert not failures, "\n".join(failures)
    assert rows_of(network.rival) == before


def test_every_door_is_an_address_of_the_cms():
    names = {name for name, _pattern in cms_patterns()}

    assert set(DOORS) - names == set()


# --- door by door --------------------------------------------------------------------------------------------------

PAGE_DOORS = [
    "edit", "view_draft", "history", "history_results", "usage", "delete", "unpublish", "copy", "move", "add_subpage",
    "set_privacy", "workflow_history", "confirm_workflow_cancellation", "lock", "unlock", "revisions_index",
]  # fmt: skip
SHUT_TO_TEAMS = [
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtail_localize:translations_report",
    "wagtailredirects:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_workflows:task_chooser",
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:documents:listing",
    "search_report:index",
    "search_report:csv",
    "wagtailsnippets_search_synonymgroup:list",
    "wagtailsnippets_search_pick:list",
]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("door", PAGE_DOORS)
def test_page_of_the_rival_is_refused(network, client_of, role, door):
    for page in network.rival.ids("page"):
        response = client_of("ours", role).get(reverse(f"wagtailadmin_pages:{door}", args=[page]))

        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", SHUT_TO_TEAMS)
def test_lists_over_all_partners_are_shut(client_of, role, name):
    assert client_of("ours", role).get(reverse(name)).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_refusal_looks_the_same_for_what_is_not_there(network, client_of, role):
    client, url = client_of("ours", role), "wagtailadmin_pages:edit"

    foreign = client.get(reverse(url, args=[network.rival.ids("draft")[0]]))
    missing = client.get(reverse(url, args=[999_999]))

    assert (foreign.status_code, foreign.url) == (missing.status_code, missing.url)


# --- what they do see ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_chooser_offers_own_drafts_and_of_others_what_is_public(network, client_of, role):
    parent = network.rival.ids("page")[0]

    own = client_of("ours", role).get(reverse("wagtailadmin_choose_page_child", args=[network.ours.ids("page")[0]]))
    theirs = client_of("ours", role).get(reverse("wagtailadmin_choose_page_child", args=[parent]))

    assert "eigenes draft" in own.content.decode()
    assert "Opening of rival" in theirs.content.decode()
    assert not leaks(theirs)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "name", "shown"),
    [
        ("owner", "wagtailimages:index", "eigenes picture"),
        ("editor", "wagtaildocs:index", "eigenes paper"),
        ("author", "wagtailimages_chooser:choose", "eigenes picture"),
        ("author", "wagtaildocs_chooser:choose", "eigenes paper"),
    ],
)
def test_own_files_are_listed(client_of, role, name, shown):
    assert shown in client_of("ours", role).get(reverse(name)).content.decode()


@pytest.mark.django_db
def test_explorer_filters_name_only_the_own_team(network, client_of):
    page = network.ours.ids("page")[0]

    html = client_of("ours", "owner").get(reverse("wagtailadmin_explore", args=[page])).content.decode()

    assert "eigenes owner" in html
    assert "sekretb owner" not in html


@pytest.mark.django_db
def test_unpublished_title_of_a_linked_page_stays_hidden(network, client_of):
    """The rival's page that ours links to has a new title in its draft; the link shows the public one."""
    page = network.ours.ids("live")[0]

    html = client_of("ours", "owner").get(reverse("wagtailadmin_pages:edit", args=[page])).content.decode()

    assert "Opening of rival" in html
    assert MARK not in html


@pytest.mark.django_db
def test_person_in_two_teams_sees_both(network, client_of):
    person = make_user()
    add_member(network.ours.partner, person, Role.EDITOR)
    add_member(network.rival.partner, person, Role.EDITOR)
    client = Client()
    client.force_login(person)

    for side in (network.ours, network.rival):
        page = side.ids("draft")[0]
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page])).status_code == 200
        assert f"{side.mark} draft" in client.get(reverse("wagtailadmin_pages:search") + "?q=draft").content.decode()


@pytest.mark.django_db
def test_team_of_an_archived_partner_has_no_access_at_all(network, client_of):
    client = client_of("rival", "owner")
    archive_partner(network.rival.partner, by=make_user())

    for address in {resolve(address).view_name: address for address in addresses(network)}.values():
        if not any(open_to_all in address for open_to_all in ("/login", "/password_reset", "/sprite", "/jsi18n")):
            response = client.get(address)
            assert response.status_code in {302, 403}, address


# --- forms -----------------------------------------------------------------------------------------------------------


def test_every_page_type_of_partners_is_guarded():
    for model in [PartnerPage, *PartnerPage.allowed_subpage_models()]:
        assert issubclass(model.base_form_class, GuardedPageForm), model


def edit_fields(client: Client, page: NewsPage, **changes: Any) -> dict[str, Any]:
    """What the edit form would send."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    fields = {"title": page.title, "slug": page.slug, "lead": page.lead, "cover_alt": "", "tags": "", "body-count": "0"}
    for name, formset in form.formsets.items():
        if name != "comments":  # Wagtail leaves comments alone that are not sent
            fields |= {f"{formset.prefix}-{key}": value for key, value in formset.management_form.initial.items()}
            for number, child in enumerate(formset.initial_forms):
                row = {"id": child.instance.pk, "ORDER": number} | child.initial
                fields |= {f"{formset.prefix}-{number}-{key}": value for key, value in row.items()}
    return fields | changes


FORBIDDEN = {
    "a picture": lambda rival: {"cover": rival.ids("picture")[0]},
    "a picture in the text": lambda rival: {
        "body-count": "1",
        "body-0-type": "image",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-id": "",
        "body-0-value-picture": rival.ids("picture")[0],
    },
    "a link in the text": lambda rival: {
        "body-count": "1",
        "body-0-type": "text",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-id": "",
        "body-0-value": draftail_link(rival.ids("draft")[0]),
    },
    "a page to read also": lambda rival: {
        "related_links-TOTAL_FORMS": "2",
        "related_links-1-id": "",
        "related_links-1-ORDER": "2",
        "related_links-1-target": rival.ids("draft")[0],
    },
}


def draftail_link(page: int) -> str:
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "text": "here",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
                }
            ],
            "entityMap": {
                "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page, "url": "/", "parentId": 1}}
            },
        }
    )


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.parametrize("door", ["edit", "preview_on_edit"])
def test_form_refuses_what_the_choosers_never_offered(network, client_of, role, what, door):
    page = NewsPage.objects.get(pk=network.ours.ids("draft" if role == "author" else "live")[0])
    client = client_of("ours", role)
    fields = edit_fields(client, page, **FORBIDDEN[what](network.rival))

    response = client.post(reverse(f"wagtailadmin_pages:{door}", args=[page.pk]), fields)

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))


@pytest.mark.django_db
def test_form_takes_a_public_page_of_the_rival_and_own_pictures(network, client_of):
    page = NewsPage.objects.get(pk=network.ours.ids("live")[0])
    client = client_of("ours", "editor")
    fields = edit_fields(client, page, cover=network.ours.ids("picture")[0], title="Linked")

    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fields)

    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    latest = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (latest.title, latest.cover_id) == ("Linked", network.ours.ids("picture")[0])
    assert [row.target_id for row in latest.related_links.all()] == network.rival.ids("live")


# --- beyond the CMS --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_document_is_served_once_something_public_refers_to_it(network, client_of):
    document = network.rival.things["document"][0]

    assert served(Client(), document.url) == 404
    assert served(client_of("ours", "owner"), document.url) == 404
    assert served(client_of("rival", "author"), document.url) == 200

    page = NewsPage.objects.get(pk=network.rival.ids("live")[0])
    page.body = [("documents", {"files": [{"document": document}]})]
    page.save_revision().publish()

    assert served(Client(), document.url) == 200


def served(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        response.getvalue()  # reads to the end, which closes the file
    return response.status_code


def test_no_public_api_of_pages_and_no_form_submissions():
    modules = {pattern.callback.__module__ for path, _name, pattern in patterns() if not path.startswith("cms/")}

    assert not [m for m in modules if m.startswith(("wagtail.api", "wagtail.contrib.forms"))]
    assert not apps.is_installed("wagtail.contrib.forms")
    assert not apps.is_installed("wagtail.api.v2")
