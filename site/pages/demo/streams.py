"""The demo's markup as StreamField contents."""

from typing import Any

from pages.demo.markup import PageIds, Part, parts

Blocks = list[tuple[str, Any]]


def blocks(body: str, page_id: PageIds) -> Blocks:
    return [_block(part) for part in parts(body, page_id)]


def no_pages(slug: str) -> int:
    raise LookupError(slug)


def _block(part: Part) -> tuple[str, Any]:
    match part.kind:
        case "heading":
            return "heading", {"text": part.words, "level": "h2"}
        case "quote":
            return "quote", {"text": part.words, "author": part.author}
        case "callout":
            return "callout", {"tone": "note", "title": "", "text": part.words}
        case "questions":
            return "accordion", {"questions": [{"title": title, "text": text} for title, text in part.questions]}
        case _:
            return "text", part.words
