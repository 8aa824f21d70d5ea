import pytest

from search.understanding.keyboard import other_layouts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (",b,kbjntrf", "библиотека"),
        ("rfr yfexbnmcz ibnm&", "как научиться шить?"),
        ("~krf", "Ёлка"),
        ("сщгкыу", "course"),
        ("Дуфкт", "Learn"),
    ],
)
def test_the_same_keys_write_another_text(typed, meant):
    assert meant in other_layouts(typed)


@pytest.mark.parametrize(("typed", "meant"), [("ghfolf", "праўда"), ("ckjdb b cyt;fym", "слові і снежань")])
def test_belarusian_has_keys_of_its_own(typed, meant):
    assert meant in other_layouts(typed)


def test_what_no_key_changes_has_no_other_layout():
    assert other_layouts("2027") == ()
