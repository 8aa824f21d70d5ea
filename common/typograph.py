"""Typesetting for Russian, Belarusian and English: quotation marks, dashes, no-break spaces.

Done twice it changes nothing more. In HTML only the text between tags is touched.
"""

import re
from dataclasses import dataclass, field

NO_BREAK = "\u00a0"
QUOTES = {"ru": ("«", "»", "„", "“"), "be": ("«", "»", "„", "“"), "en": ("“", "”", "‘", "’")}
OPENS_AFTER = frozenset(" \t\n\r\u00a0([{«„—–-/>")
VERBATIM = frozenset(("code", "pre", "script", "style", "textarea"))

LETTER = r"[^\W\d_]"
TAG = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
QUOTE_ENTITY = re.compile(r"&(?:quot|#34|#x22);", re.IGNORECASE)
APOSTROPHE_ENTITY = re.compile(r"(?<=[^\W\d_])&(?:#39|#x27|apos);(?=[^\W\d_])", re.IGNORECASE)
APOSTROPHE = re.compile(rf"(?<={LETTER})'(?={LETTER})")
DASH = re.compile(r"(?<!\s)[ \u00a0]+[-–—] +(?!\s)")
ONE_LETTER = re.compile(rf"(?<![\w’'-])({LETTER}) (?=\S)")
NUMBER_SIGN = re.compile(r"([№§]) ?(?=\d)")
THOUSANDS = re.compile(r"(?<![\d.,:/-])(\d{1,3}) (?=\d{3}(?: \d{3})*(?!\d))")
UNITS = (
    "%|‰|°C|₽|руб\\.|коп\\.|тыс\\.|млн|млрд|кг|г|мг|т|км|м|см|мм|л|мл|га|ч|мин|сек|с|лет|года?|гг?\\.|год|раза?|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "студзеня|лютага|сакавіка|красавіка|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|лістапада|снежня|"
    "kg|km|cm|mm|GB|MB|kB|ГБ|МБ|КБ"
)
UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?!\w))")


@dataclass
class _Quotes:
    """Which marks stand open; kept over the tags of one text."""

    language: str
    before: str = " "
    open_marks: list[str] = field(default_factory=list)

    def set(self, text: str) -> str:
        placed = []
        for sign, after in zip(text, f"{text[1:]} ", strict=False):
            mark = self._mark() if sign == '"' else sign
            placed.append(mark)
            self._follow(mark, after)
        return "".join(placed)

    def _mark(self) -> str:
        outer_open, _outer_close, inner_open, _inner_close = self._marks
        if self.before in OPENS_AFTER or self.before == outer_open:
            return inner_open if self.open_marks else outer_open
        if not self.open_marks:
            return '"'  # inches, or the end of a quotation that never began
        return self._closing(self.open_marks[-1])

    def _follow(self, sign: str, after: str) -> None:
        outer_open, _outer_close, inner_open, _inner_close = self._marks
        apostrophe = sign == "’" and after.isalpha()
        if sign in (outer_open, inner_open):
            self.open_marks.append(sign)
        elif self.open_marks and sign == self._closing(self.open_marks[-1]) and not apostrophe:
            self.open_marks.pop()
        self.before = sign

    def _closing(self, opening: str) -> str:
        return self._marks[1] if opening == self._marks[0] else self._marks[3]

    @property
    def _marks(self) -> tuple[str, str, str, str]:
        return QUOTES.get(self.language, QUOTES["en"])


def typograph(text: str, language: str = "ru") -> str:
    """Plain text: whatever looks like a tag is text too."""
    return _set(text, _Quotes(language))


def inside_quotes(text: str) -> str:
    """For a sentence that puts quotation marks around it."""
    return text.replace("«", "„").replace("»", "“")


def typograph_html(html: str, language: str = "ru") -> str:
    quotes, verbatim, parts = _Quotes(language), "", []
    for part in TAG.split(html):
        if TAG.fullmatch(part):
            verbatim = _verbatim_after(part, verbatim)
            parts.append(part)
        else:
            parts.append(part if verbatim else _set(_without_entities(part), quotes))
    return "".join(parts)


def _verbatim_after(tag: str, inside: str) -> str:
    """The element whose text is to be left alone, or nothing."""
    match = TAG_NAME.match(tag)
    if not match:
        return inside
    closing, name = match[1], match[2].lower()
    if inside:
        return "" if closing and name == inside else inside
    return name if name in VERBATIM and not closing else ""


def _without_entities(text: str) -> str:
    """Between tags a quotation mark may stand as itself, so an escaped one can be read as one."""
    return APOSTROPHE_ENTITY.sub("’", QUOTE_ENTITY.sub('"', text))


def _set(text: str, quotes: _Quotes) -> str:
    text = quotes.set(APOSTROPHE.sub("’", text))
    text = DASH.sub(f"{NO_BREAK}— ", text)
    text = NUMBER_SIGN.sub(rf"\1{NO_BREAK}", text)
    text = THOUSANDS.sub(rf"\1{NO_BREAK}", text)
    text = UNIT.sub(NO_BREAK, text)
    return ONE_LETTER.sub(rf"\1{NO_BREAK}", text)
