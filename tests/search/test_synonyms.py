"""Groups of words that mean the same: what is found among typed words, and that editors' changes count at once."""

import pytest

from search.editing import PhraseTakenError, save_group
from search.models import SynonymGroup, SynonymPhrase
from search.phrases import folded
from search.synonyms import Alternative, alternatives, find, grouped

AI = ("ИИ, искусственный интеллект, нейросети", "")
BIKE = ("велик; велосипед\nбайк", "")
MIND = ("интеллект, ум", "")
ONE_WAY = ("тренер", "наставник, учитель музыки")


def found(text: str, *groups: tuple[str, str]) -> tuple[Alternative, ...]:
    return find(folded(text), grouped(groups))


def make_group(phrases: str, also: str = "", language: str = "ru") -> SynonymGroup:
    return save_group(SynonymGroup(language=language, phrases=phrases, also=also))


@pytest.mark.parametrize("text", ["велик", "велики", "Велика", "ВЕЛИКОМ"])
def test_word_is_found_in_any_form(text):
    assert found(text, BIKE) == (Alternative(0, 1, (("велосипед",), ("байк",))),)


def test_phrase_is_found_in_any_form_where_it_stands():
    here = found("курсы по искусственному интеллекту летом", AI)

    assert here == (Alternative(2, 4, (("ии",), ("нейросети",))),)


def test_longer_phrase_comes_before_the_word_within_it():
    assert [one[:2] for one in found("искусственный интеллект", MIND, AI)] == [(0, 2)]
    assert [one[:2] for one in found("интеллект и ум", MIND, AI)] == [(0, 1), (2, 3)]


def test_phrase_whose_words_stand_apart_is_none():
    assert found("интеллект не искусственный", AI) == ()
    assert found("искусственный", AI) == ()


def test_one_way_group_leads_there_and_not_back():
    assert found("тренеры", ONE_WAY) == (Alternative(0, 1, (("наставник",), ("учитель", "музыки"))),)
    assert found("наставник", ONE_WAY) == ()


def test_abbreviation_is_compared_as_it_is():
    assert [one[:2] for one in found("и ии", AI)] == [(1, 2)]


def test_nothing_is_found_without_groups_or_words():
    assert found("велик") == ()
    assert found("", BIKE) == ()


def test_groups_belong_to_their_language(db):
    make_group("велик, велосипед")
    make_group("bike, bicycle", language="en")

    assert alternatives(("велик",), "ru") == (Alternative(0, 1, (("велосипед",),)),)
    assert alternatives(("велик",), "en") == ()
    assert alternatives(("bikes",), "en") == (Alternative(0, 1, (("bicycle",),)),)


def test_groups_are_read_once_for_all_searches(db, django_assert_num_queries):
    make_group("велик, велосипед")
    alternatives(("велик",), "ru")

    with django_assert_num_queries(0):
        alternatives(("велосипеды",), "ru")


def test_a_change_counts_for_the_next_search(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        group = make_group("велик, велосипед")
    before = alternatives(("велик",), "ru")
    with django_capture_on_commit_callbacks(execute=True):
        group.phrases = "самокат, скутер"
        save_group(group)
    changed = alternatives(("велик",), "ru")
    now = alternatives(("скутер",), "ru")
    with django_capture_on_commit_callbacks(execute=True):
        group.delete()
    gone = alternatives(("скутер",), "ru")

    assert [len(before), len(changed), len(now), len(gone)] == [1, 0, 1, 0]


def test_phrase_belongs_to_one_group_in_the_database(db):
    first = make_group("велик, велосипед")

    with pytest.raises(PhraseTakenError):
        make_group("велосипеды, байк")

    assert list(SynonymGroup.objects.all()) == [first]
    assert set(SynonymPhrase.objects.values_list("key", flat=True)) == {"велик", "велосипед"}


def test_group_may_be_saved_again_and_gives_free_what_it_lost(db):
    group = make_group("велик, велосипед")
    group.phrases = "велик, байк"

    save_group(group)
    other = make_group("велосипед, двухколёсный")

    assert set(group.keys.values_list("key", flat=True)) == {"велик", "баик"}
    assert other.keys.count() == 2
