"""The light markup of the demo's texts.

Paragraphs stand apart by an empty line; ``## heading``, ``- point of a list``, ``> words | who said them``,
``!callout words``, ``? question`` with its answer on the lines below. Within a line: ``**bold**`` and
``[words](page:slug)`` or ``[words](https://…)``; addresses of mail and telephone numbers become links by themselves.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LINK = re.compile(r"\[([^]]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
MAIL = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)*\.example\b")
PHONE = re.compile(r"\+7 \(\d{4}\) \d\d-\d\d-\d\d")

PageIds = Callable[[str], int]  # a page's slug → its id in the language of the text


@dataclass(frozen=True)
class Part:
    kind: str  # text, heading, quote, callout, questions
    words: str = ""  # HTML in text and callout, else plain
    author: str = ""
    questions: tuple[tuple[str, str], ...] = ()  # words and HTML


def parts(body: str, page_id: PageIds) -> list[Part]:
    """What the body is made of; neighbouring paragraphs and lists are one text, neighbouring questions one list."""
    found: list[Part] = []
    for part in _pieces(body, page_id):
        if found and part.kind == found[-1].kind == "text":
            found[-1] = Part("text", found[-1].words + part.words)
        elif found and part.kind == found[-1].kind == "questions":
            found[-1] = Part("questions", questions=found[-1].questions + part.questions)
        else:
            found.append(part)
    return found


def _pieces(body: str, page_id: PageIds) -> Iterator[Part]:
    for piece in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in piece.splitlines()]
        first = lines[0]
        if first.startswith("## "):
            yield Part("heading", first[3:])
        elif first.startswith("> "):
            words, _, author = " ".join(lines)[2:].partition(" | ")
            yield Part("quote", words, author)
        elif first.startswith("!callout "):
            yield Part("callout", f"<p>{inline(' '.join(lines)[9:], page_id)}</p>")
        elif first.startswith("? "):
            yield Part("questions", questions=((first[2:], f"<p>{inline(' '.join(lines[1:]), page_id)}</p>"),))
        elif first.startswith("- "):
            yield Part("text", "<ul>" + "".join(f"<li>{inline(line[2:], page_id)}</li>" for line in lines) + "</ul>")
        else:
            yield Part("text", f"<p>{inline(' '.join(lines), page_id)}</p>")


def inline(text: str, page_id: PageIds) -> str:
    """A line as Wagtail keeps rich text: links to pages by id."""
    kept: list[str] = []

    def keep(markup: str) -> str:
        kept.append(markup)
        return f"\0{len(kept) - 1}\0"

    def link(match: re.Match[str]) -> str:
        words, target = html.escape(match[1], quote=False), match[2]
        if target.startswith("page:"):
            return keep(f'<a linktype="page" id="{page_id(target[5:])}">{words}</a>')
        return keep(f'<a href="{html.escape(target)}">{words}</a>')

    text = LINK.sub(link, text)
    text = MAIL.sub(lambda match: keep(f'<a href="mailto:{match[0]}">{match[0]}</a>'), text)
    text = PHONE.sub(lambda match: keep(f'<a href="tel:{re.sub("[^+0-9]", "", match[0])}">{match[0]}</a>'), text)
    text = BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], text)
