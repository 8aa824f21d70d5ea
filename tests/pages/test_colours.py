import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.colours import ENOUGH, PAPER_DARK, accent_tokens, contrast, mix, readable_on

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(("one", "other", "expected"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one, other, expected):
    assert round(contrast(one, other), 2) == expected


def test_mix_goes_from_one_colour_to_the_other():
    assert [mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


def test_tokens_name_all_four_properties():
    assert accent_tokens("#b3420e", "#f8f3e8") == (
        "--accent: #b3420e; --ember: #8c330b; --on-accent: #fffdf7; --accent-tint: #ecd3c1;"
    )


@given(colours)
def test_every_colour_can_be_made_readable_on_dark_ground(colour):
    assert contrast(readable_on(colour, PAPER_DARK), PAPER_DARK) >= ENOUGH
