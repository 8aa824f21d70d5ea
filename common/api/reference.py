"""The reference for people, made of the OpenAPI document: what can be asked, with which parameters, and what comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

SAID = {"summary", "description"}
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    name: str
    about: str
    choices: tuple[str, ...] = ()
    several: bool = False
    default: str = ""
    low: int | None = None
    high: int | None = None
    is_number: bool = False


@dataclass(frozen=True)
class Field:
    """``kind``: a word of JSON's, or the name of an object that stands in the reference too."""

    name: str
    kind: str
    refers: str
    several: bool
    required: bool
    about: str


@dataclass(frozen=True)
class Object:
    name: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Operation:
    id: str
    path: str
    summary: str
    about: str
    parameters: tuple[Parameter, ...]
    answer: str  # the object that comes


def translated(part: Any) -> Any:
    """The document with what it says to people in the active language."""
    if isinstance(part, Mapping):
        return {key: _said(key, value) for key, value in part.items()}
    return [translated(one) for one in part] if isinstance(part, list) else part


def operations(document: Document) -> list[Operation]:
    return [
        Operation(
            id=one["operationId"],
            path=path,
            summary=one["summary"],
            about=one.get("description", ""),
            parameters=tuple(_parameter(said, document) for said in one["parameters"]),
            answer=_name(one["responses"][200]["content"]["application/json"]["schema"]["$ref"]),
        )
        for path, methods in document["paths"].items()
        for one in methods.values()
    ]


def objects(document: Document) -> list[Object]:
    """What answers are made of, each after what it stands in."""
    schemas: Document = document["components"]["schemas"]
    names = list(_named([one["responses"] for methods in document["paths"].values() for one in methods.values()]))
    for name in names:
        names += [inner for inner in _named(schemas[name]) if inner not in names]
    return [
        Object(name, schemas[name].get("description", ""), tuple(_fields(schemas[name])))
        for name in dict.fromkeys(names)
    ]


def _named(part: Any) -> Iterator[str]:
    """The objects that a part of the document refers to."""
    if isinstance(part, Mapping):
        if "$ref" in part:
            yield _name(part["$ref"])
        yield from _named(list(part.values()))
    elif isinstance(part, list):
        for one in part:
            yield from _named(one)


def _said(key: str, value: Any) -> Any:
    return gettext(value) if key in SAID and isinstance(value, str) and value else translated(value)


def _parameter(said: Document, document: Document) -> Parameter:
    schema = _resolved(said["schema"], document)
    default = said["schema"].get("default")
    return Parameter(
        name=said["name"],
        about=said.get("description", ""),
        choices=tuple(schema.get("enum", ())),
        several=schema.get("type") == "array",
        default="" if default is None else str(default),
        low=schema.get("minimum"),
        high=schema.get("maximum"),
        is_number=schema.get("type") == "integer",
    )


def _resolved(schema: Document, document: Document) -> Document:
    """What a value is where it is there at all, with what it refers to."""
    one = _without_null(schema)
    if "$ref" in one:
        return document["components"]["schemas"][_name(one["$ref"])]
    return one["allOf"][0] if "allOf" in one else one


def _fields(schema: Document) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, said in schema["properties"].items():
        one = _without_null(said)
        several = one.get("type") == "array"
        kind, refers = _kind(one["items"] if several else one)
        yield Field(name, kind, refers, several, name in required, said.get("description", ""))


def _kind(schema: Document) -> tuple[str, str]:
    if "$ref" in schema:
        return _name(schema["$ref"]), _name(schema["$ref"])
    return schema.get("format") or schema.get("type", ""), ""


def _without_null(schema: Document) -> Document:
    return next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[-1]
