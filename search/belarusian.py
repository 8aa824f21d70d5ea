"""A light stemmer for Belarusian, for which Snowball has none.

It takes words as search.text folds them: lower case, ё written е, ў written у, no apostrophes. Endings go first, then
what makes forms of one word differ in their last sounds (бібліятэка, бібліятэцы) and in unstressed vowels (горы,
гара). A stem is a key for comparing, not a form that anyone would write.
"""

import re

SHORTEST = 3
REFLEXIVE = frozenset({"цца", "ся"})
LISTED = """
а я о е э у ю ы і й ь
ам ям ом ем эм ах ях оу ау еу яу эу ой ай ей яй эй ою аю ею яю
амі ямі ьмі
ыя ія ыі іі ыю ію ый ій ыяй іяй ыям іям ыях іях ыямі іямі ыяу іяу
ая яя ае яе ое ее ую юю ага яга ога ому аму яму ым ім ых іх ымі імі
аць яць іць ыць ець уць юць оць
еш эш іш ыш аеш аем аеце аюць яеш яем яеце яюць іце ыце
ала яла іла ыла ела ало яло іло ыло ела елі алі ялі ілі ылі
аючы яючы учы ючы ачы ячы
"""
ENDINGS = frozenset(LISTED.split())
LENGTHS = (4, 3, 2, 1)
VOWELS_AT_THE_END = re.compile("[аеіоуыэюяйь]+$")
FOLDED = str.maketrans({"о": "а", "э": "а", "я": "е"})
SOFTENED = (("дз", "д"), ("г", "з"), ("к", "ц"), ("т", "ц"))
FLEETING_VOWEL = re.compile("(?<=[^аеіуыю])[ае](?=ц$)")


def stem(word: str) -> str:
    if len(word) <= SHORTEST:
        return word.translate(FOLDED)
    return _with_one_last_sound(_without_ending(_without(word, REFLEXIVE)).translate(FOLDED))


def _without_ending(word: str) -> str:
    rest = _without(word, ENDINGS)
    bare = VOWELS_AT_THE_END.sub("", rest)
    return bare if len(bare) >= SHORTEST else rest


def _without(word: str, endings: frozenset[str]) -> str:
    """The longest of them that leaves enough."""
    for length in LENGTHS:
        if word[-length:] in endings and len(word) - length >= SHORTEST:
            return word[:-length]
    return word


def _with_one_last_sound(word: str) -> str:
    word = word[:-3] + "дз" if word.endswith("ддз") else word
    if len(word) > SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    for ending, sound in SOFTENED:
        if len(word) > SHORTEST and word.endswith(ending):
            word = word.removesuffix(ending) + sound
            break
    return FLEETING_VOWEL.sub("", word) if len(word) > SHORTEST + 1 else word
