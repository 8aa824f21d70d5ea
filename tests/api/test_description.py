"""The OpenAPI document: sound in itself, true of the answers, and readable for people in their language."""

import re

import html5lib
import pytest

from tests.api.shapes import faults

pytestmark = pytest.mark.django_db
METHODS = {"get"}
QUESTIONS = [
    ("search", {}),
    ("search", {"q": "шьём", "kind": "news", "limit": 1}),
    ("search", {"language": "en", "topic": "crafts"}),
    ("suggest", {"q": "шь"}),
    ("suggest", {"q": "библ", "language": "en", "limit": 1}),
    ("news", {}),
    ("news", {"limit": 1}),
    ("partners", {}),
    ("partners", {"language": "be"}),
]


@pytest.fixture
def document(client, db):
    return client.get("/api/v1/openapi.json").json()


def references(part) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [found for value in part.values() for found in references(value)]
    return [found for one in part for found in references(one)] if isinstance(part, list) else []


def test_it_is_sound_in_itself(document):
    operations = [(path, method, one) for path, methods in document["paths"].items() for method, one in methods.items()]

    assert document["openapi"] == "3.1.0"
    assert {"title", "version"} <= document["info"].keys()
    assert document["servers"] == [{"url": "http://testserver"}]
    assert [path for path, _, _ in operations] == [
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/partners",
        "/api/v1/news",
    ]
    assert {method for _, method, _ in operations} == METHODS
    assert len({one["operationId"] for _, _, one in operations}) == len(operations)
    for reference in references(document):
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"], reference
    for path, _, one in operations:
        named = [(parameter["in"], parameter["name"]) for parameter in one["parameters"]]
        assert len(set(named)) == len(named), path
        assert all({"in", "name", "schema"} <= parameter.keys() for parameter in one["parameters"]), path
        assert all(answer["description"] for answer in one["responses"].values()), path


@pytest.mark.parametrize(("name", "asked"), QUESTIONS)
def test_answers_are_what_it_says(library, ask, document, name, asked):
    said = document["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

    answer = ask(name, **asked)

    assert answer["items"] or asked.get("topic")
    assert faults(answer, said, document, name) == []


@pytest.mark.parametrize(("status", "asked"), [(400, {"cursor": "x"}), (422, {"limit": "x"})])
def test_refusals_are_what_it_says(city, client, document, status, asked):
    said = document["paths"]["/api/v1/news"]["get"]["responses"][str(status)]["content"]

    response = client.get("/api/v1/news", asked)

    assert list(said) == [response["Content-Type"]]
    assert faults(response.json(), said[response["Content-Type"]]["schema"], document, "problem") == []


def test_every_parameter_it_names_is_taken(library, client, document):
    for path, methods in document["paths"].items():
        for parameter in methods["get"]["parameters"]:
            assert parameter["description"], parameter["name"]
            assert client.get(path, {parameter["name"]: ""}).status_code == 200, parameter["name"]


def test_it_speaks_the_asked_language(client, db):
    summaries = {
        code: client.get("/api/v1/openapi.json", {"language": code}).json()["paths"]["/api/v1/search"]["get"]["summary"]
        for code in ("ru", "en", "be")
    }

    assert summaries["en"] == "Search the whole network"
    assert len(set(summaries.values())) == 3


@pytest.mark.parametrize("language", ["ru", "en", "be"])
def test_the_reference_explains_everything_the_document_names(city, client, document, language):
    html = client.get("/api/v1/docs", {"language": language}).content.decode()

    root = html5lib.parse(html, namespaceHTMLElements=False)
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    links = [one.get("href")[1:] for one in root.iter("a") if one.get("href", "").startswith("#")]
    fields = {
        (form.get("action"), one.get("name")) for form in root.iter("form") for one in form.iter() if one.get("name")
    }
    assert root.get("lang") == language
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert {"bad-parameter", "bad-cursor", "too-many-requests"} <= set(ids)
    for path, methods in document["paths"].items():
        assert {(path, parameter["name"]) for parameter in methods["get"]["parameters"]} <= fields


def test_the_reference_needs_no_script_and_nothing_from_elsewhere(city, client):
    html = client.get("/api/v1/docs").content.decode()

    assert "<script" not in html.replace('<script type="application/ld+json">', "")
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!testserver)[^"]+"', html) == []


def test_the_reference_leads_to_itself_in_other_languages(city, client):
    html = client.get("/api/v1/docs", {"language": "en"}).content.decode()

    assert [f'href="/api/v1/docs?language={code}"' in html for code in ("ru", "en", "be")] == [True] * 3
