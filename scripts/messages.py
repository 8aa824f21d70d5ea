"""Keeps locale/{ru,en,be}/LC_MESSAGES/django.po in step with the source, without gettext's own tools.

python scripts/messages.py update    new strings in, unused ones out; what is translated stays
python scripts/messages.py missing   lists what has no translation yet
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("accounts", "common", "news", "notices", "partners", "search", "site", "learning", "forum", "monitoring")
PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "be": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
TEXT = r"""(?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|gettext|pgettext|ngettext|npgettext)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)", re.DOTALL)


@dataclass(frozen=True)
class Message:
    text: str
    plural: str = ""
    context: str = ""


def extract(root: Path = ROOT) -> dict[Message, list[str]]:
    """Every string that the source marks, with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path, message in _all_messages(root):
        places = found.setdefault(message, [])
        name = path.relative_to(root).as_posix()
        if name not in places:
            places.append(name)
    return found


def update(root: Path = ROOT) -> None:
    wanted = extract(root)
    for language in PLURAL_FORMS:
        path = root / "locale" / language / "LC_MESSAGES" / "django.po"
        known = _known(path)
        fresh = polib.POFile(wrapwidth=110)
        fresh.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
            "Plural-Forms": PLURAL_FORMS[language],
        }
        for message in sorted(wanted, key=lambda m: (m.text, m.context)):
            fresh.append(_entry(message, known.get(message), language, wanted[message]))
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))


def missing(language: str, root: Path = ROOT) -> list[Message]:
    """Marked in the source, but without a finished translation in the catalogue."""
    known = _known(root / "locale" / language / "LC_MESSAGES" / "django.po")
    return [message for message in extract(root) if message not in known or not _finished(known[message], language)]


def _all_messages(root: Path) -> Iterator[tuple[Path, Message]]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from ((path, message) for message in from_python(path.read_text()))
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield from ((path, message) for message in from_template(path.read_text(), path.name))


def from_python(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    names = _own_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _called(node.func)):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if message := _message(names.get(name, name), texts):
                yield message


def _own_names(tree: ast.Module) -> dict[str, str]:
    """Under which names a module imports gettext: `gettext as say` makes `say` a marker too."""
    return {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname
    }


def from_template(source: str, name: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for function, arguments in CALL.findall(templatize(source, origin=name)):
        texts = [ast.literal_eval(text) for text in re.findall(TEXT, arguments, re.DOTALL)]
        if message := _message(function, texts):
            yield message


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _message(function: str, texts: list[str]) -> Message | None:
    if function in SINGULAR and texts and texts[0]:
        return Message(texts[0])
    if function in PLURAL and len(texts) > 1:
        return Message(texts[0], plural=texts[1])
    if function in CONTEXT and len(texts) > 1:
        return Message(texts[1], context=texts[0])
    if function in CONTEXT_PLURAL and len(texts) > 2:
        return Message(texts[1], plural=texts[2], context=texts[0])
    return None


def _known(path: Path) -> dict[Message, polib.POEntry]:
    if not path.exists():
        return {}
    entries = polib.pofile(str(path))
    return {Message(e.msgid, e.msgid_plural or "", e.msgctxt or ""): e for e in entries if not e.obsolete}


def _entry(message: Message, known: polib.POEntry | None, language: str, places: list[str]) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        occurrences=[(place, "") for place in places],
        flags=["python-format"] if re.search(r"%\(\w+\)[sd]", message.text + message.plural) else [],
    )
    if message.plural:
        old = known.msgstr_plural if known else {}
        forms = int(PLURAL_FORMS[language][len("nplurals=")])
        own = {0: message.text, 1: message.plural} if language == "en" else {}
        entry.msgstr_plural = {form: old.get(form) or own.get(form, "") for form in range(forms)}
    else:
        entry.msgstr = (known.msgstr if known else "") or (message.text if language == "en" else "")
    return entry


def _finished(entry: polib.POEntry, language: str) -> bool:
    if entry.fuzzy:
        return False
    if entry.msgid_plural:
        return len(entry.msgstr_plural) == int(PLURAL_FORMS[language][len("nplurals=")]) and all(
            entry.msgstr_plural.values()
        )
    return bool(entry.msgstr)


def main(command: str) -> int:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    if command == "update":
        update()
        return 0
    gaps = {language: missing(language) for language in PLURAL_FORMS}
    for language, messages in gaps.items():
        for message in messages:
            sys.stdout.write(f"{language}: {message.text!r}{os.linesep}")
    return 1 if any(gaps.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "missing"))
