"""Whether an answer is what the OpenAPI document says of it: names, types, what must be there. Nothing else may be."""

from typing import Any

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str = "") -> list[str]:
    if "$ref" in schema:
        return faults(value, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], document, where)
    if "anyOf" in schema:
        tried = [faults(value, one, document, where) for one in schema["anyOf"]]
        return min(tried, key=len)
    if not isinstance(value, TYPES[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean"):
        return [f"{where}: {value!r} is no {schema['type']}"]
    if isinstance(value, list):
        return [fault for one in value for fault in faults(one, schema["items"], document, f"{where}[]")]
    return _of_object(value, schema, document, where) if isinstance(value, dict) else []


def _of_object(value: dict[str, Any], schema: dict[str, Any], document: dict[str, Any], where: str) -> list[str]:
    known = schema["properties"]
    missing = [f"{where}.{name}: missing" for name in schema.get("required", ()) if name not in value]
    strange = [f"{where}.{name}: nobody spoke of it" for name in value if name not in known]
    inside = [
        fault
        for name, one in value.items()
        if name in known
        for fault in faults(one, known[name], document, f"{where}.{name}")
    ]
    return missing + strange + inside
