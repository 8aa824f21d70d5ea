"""Text that was typed with the keyboard in the wrong language: ``,b,kbjntrf`` is библиотека. Pure functions."""

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?@#$^&|"
CYRILLIC = {
    "ru": 'ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"№;:?/',
    "be": "ёйцукенгшўзх'фывапролджэячсмітьбю.ЁЙЦУКЕНГШЎЗХ'ФЫВАПРОЛДЖЭЯЧСМІТЬБЮ,\"№;:?/",
}
TO_CYRILLIC = {language: str.maketrans(LATIN, keys) for language, keys in CYRILLIC.items()}
TO_LATIN = {language: str.maketrans(keys, LATIN) for language, keys in CYRILLIC.items()}


def other_layouts(text: str) -> tuple[str, ...]:
    """What the same keys would have written, each reading once; a text that stays as it is has none."""
    readings = [text.translate(table) for tables in (TO_CYRILLIC, TO_LATIN) for table in tables.values()]
    return tuple(reading for reading in dict.fromkeys(readings) if reading != text)
