import re

import pytest
from django.template import Context, Template
from wagtail.images import get_image_model

from tests.factories import make_picture


def render(source: str, **context: object) -> str:
    return Template("{% load pictures %}" + source).render(Context(context))


def test_cover_is_offered_in_two_formats_and_two_sizes(db):
    html = render('{% cover image "Мастерская" "news" %}', image=make_picture(size=(2000, 1500)))

    assert re.findall(r'<source type="image/(\w+)"', html) == ["avif", "webp"]
    assert html.count(" 400w, ") == 2
    assert html.count(" 800w") == 2
    assert 'alt="" width="800" height="500" loading="lazy"' in html


def test_first_picture_is_not_put_off(db):
    html = render('{% cover image "Мастерская" "news" "lead" True %}', image=make_picture(size=(2000, 1500)))

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_small_picture_is_never_blown_up(db):
    html = render('{% cover image "Мастерская" "news" %}', image=make_picture(size=(300, 200)))

    assert max(int(width) for width in re.findall(r" (\d+)w", html)) <= 300


def test_nothing_without_a_picture_is_grey():
    html = render('{% cover None "Мастерская «Верстак»" "partner" "square" %}')

    assert re.fullmatch(
        r'<img class="cover cover--square" src="/covers/organisation/[0-9a-f]{16}\.svg" alt="" '
        r'width="400" height="400" loading="lazy" decoding="async">',
        html,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_prefetched_pictures_cost_no_query_each(db, django_assert_num_queries, number):
    for _time in range(number):
        render("{% cover image '' 'news' %}", image=make_picture())

    with django_assert_num_queries(2):
        images = list(get_image_model().objects.prefetch_related("renditions"))
        for image in images:
            render("{% cover image '' 'news' %}", image=image)


def test_file_that_went_missing_breaks_no_page(db):
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)

    html = render("{% photo image 'Верстак' %}", image=get_image_model().objects.get())

    assert 'alt="Верстак"' in html
