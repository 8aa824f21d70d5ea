from io import BytesIO

import pytest
from PIL import Image

from pages.demo import pictures


@pytest.mark.parametrize("theme", pictures.THEMES)
def test_picture_is_always_the_same_and_of_full_size(theme):
    painted = pictures.picture(theme, "a")

    image = Image.open(BytesIO(painted))
    assert (image.format, image.size) == ("JPEG", (1600, 1000))
    assert painted == pictures.picture(theme, "a")


def test_another_seed_gives_another_picture():
    assert pictures.picture("tea", "a") != pictures.picture("tea", "b")


@pytest.mark.parametrize("language", pictures.LANGUAGES)
def test_every_picture_can_be_told(language):
    told = [pictures.alt(theme, language) for theme in pictures.THEMES]

    assert len(set(told)) == len(pictures.THEMES)
    assert all(20 < len(words) < 120 for words in told)
