"""Pictures in posts: what may come in, who sees them, where they stand, and how they go."""

import io
import re
import struct
import zlib
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from accounts.actions import close_account
from common.page_cache import drop_now
from common.periodic import JOBS
from forum import actions, boards, rules
from forum.actions import Draft
from forum.actions.unsent import keep, throw_away
from forum.enums import Cause, Circle, Held, Standing, Writing
from forum.errors import LinksError, ManyPicturesError, PicturesError
from forum.models import Case, Picture, Post, Topic, Unsent
from forum.places import Place
from forum.queries import pictures_named_in
from search.models import Entry
from tests.factories import chosen, make_board, make_photo, make_reply, make_talk, make_user, photo, photo_with_place

pytestmark = pytest.mark.django_db
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DOOR = "/ru/forum/pictures/"


@pytest.fixture
def writer(client, member, city):
    client.force_login(member)
    return client


@pytest.fixture(autouse=True)
def _nobody_is_new(settings):
    settings.FORUM_NEWCOMER_POSTS = 0


def sent(client, content: bytes | None = None, name: str = "photo.jpg", **said):
    return client.post(DOOR, {"picture": chosen(content, name), **said})


def content_of(picture: Picture) -> bytes:
    with picture.file.open("rb") as file:
        return file.read()


def stored(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(content_of(picture)))


def show(topic: Topic, picture: Picture, *, by=None, text: str = "Смотрите") -> Post:
    return make_reply(topic, by=by or picture.owner, text=f"{text}\n\n{picture.source}")


def errors(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="error">.*?<span>(.*?)</span>', html)]


def typed(html: str) -> str:
    return unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", html, re.DOTALL).group(1))


# --- coming in --------------------------------------------------------------------------------------------------------
def test_upload_gives_what_stands_for_it_in_a_text(writer, member):
    answer = sent(writer, photo(size=(60, 40)), picture_shows=" Мост [старый]\nзимой ")
    picture = Picture.objects.get()

    assert answer.status_code == 201
    assert answer.json() == {"markdown": f"![Мост \\[старый\\] зимой](/forum/pictures/{picture.key}.webp)"}
    assert (picture.owner, picture.post, picture.width, picture.height) == (member, None, 60, 40)
    assert picture.size == picture.file.size


@pytest.mark.parametrize("kind", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_one_webp(writer, kind):
    sent(writer, photo(kind), f"photo.{kind.lower()}")

    with stored(Picture.objects.get()) as picture:
        assert (picture.format, picture.mode, picture.size) == ("WEBP", "RGB", (60, 40))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_camera_and_comments_are_cut_out_and_the_picture_stands_upright(writer, kind):
    original = photo_with_place(kind)

    sent(writer, original)
    picture = Picture.objects.get()
    content = content_of(picture)

    assert b"Camera of Anna" in original
    assert all(secret not in content for secret in (b"Anna", b"EXIF", b"XMP", b"ICCP", b"52 deg"))
    assert (picture.width, picture.height) == (40, 60)
    with stored(picture) as clean:
        assert (dict(clean.getexif()), set(clean.info)) == (
            {},
            {"loop", "background", "timestamp", "duration"} & set(clean.info),
        )


def test_what_hides_behind_a_picture_is_left_behind(writer):
    sent(writer, photo() + b"<script>alert(1)</script>PK\x03\x04")

    assert b"script" not in content_of(Picture.objects.get())


def test_large_ones_are_made_smaller(writer):
    sent(writer, photo(size=(3200, 1200)))

    assert Picture.objects.values_list("width", "height").get() == (1600, 600)


def test_transparency_is_kept_and_of_a_moving_picture_the_first_frame(writer):
    frames = [Image.new("RGBA", (20, 20), colour) for colour in ("#ff000080", "#00ff0080")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])

    sent(writer, written.getvalue())

    with stored(Picture.objects.get()) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.mode in {"RGB", "RGBA"}


def bomb() -> bytes:
    """A PNG whose header promises 900 megapixels."""

    def chunk(kind: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")


NO_PICTURE = "Это не картинка, или она испорчена. Сохраните её заново и попробуйте ещё раз."


@pytest.mark.parametrize(
    ("content", "code"),
    [(DRAWING, "damaged"), (b"", "damaged"), (b"MZ" * 100, "damaged"), (photo()[:200], "damaged"), (bomb(), "pixels")],
)
def test_what_is_no_picture_is_refused_in_words(writer, content, code):
    answer = sent(writer, content)

    assert answer.status_code == 400
    assert ("мегапикс" in answer.json()["error"].lower()) == (code == "pixels")
    assert answer.json()["error"]
    assert Picture.objects.count() == 0


def test_nothing_chosen_is_said_so(writer):
    answer = writer.post(DOOR, {})

    assert (answer.status_code, answer.json()) == (400, {"error": "Сначала выберите картинку."})


def test_size_is_limited(writer, settings):
    settings.FORUM_PICTURE_MB = 1

    answer = sent(writer, photo() + b"\0" * 1024 * 1024)

    assert (answer.status_code, Picture.objects.count()) == (400, 0)
    assert answer.json()["error"].replace("\xa0", " ") == "Файл слишком большой: можно не больше 1,0 МБ."


def test_number_in_a_day_is_limited(writer, member, settings):
    settings.FORUM_PICTURES_A_DAY = 2
    old = make_photo(member)
    Picture.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(hours=25))

    codes = [sent(writer).status_code for _ in range(3)]

    assert codes == [201, 201, 400]
    with pytest.raises(ManyPicturesError):
        make_photo(member)


def test_who_may_not_write_uploads_nothing(client, city, settings):
    silent, unconfirmed = make_user(silent_until=timezone.now() + timedelta(days=1)), make_user()
    unconfirmed.emailaddress_set.update(verified=False)

    codes = [sent(client).status_code]
    for person in (silent, unconfirmed):
        client.force_login(person)
        codes.append(sent(client).status_code)
    settings.FORUM_PICTURES_IN_POST = 0
    client.force_login(make_user())
    codes.append(sent(client).status_code)

    assert (codes, Picture.objects.count()) == ([403, 400, 400, 400], 0)


def test_a_form_of_another_site_uploads_nothing(member, city):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)

    assert sent(strict).status_code == 403


# --- with the form, without a script ----------------------------------------------------------------------------------
def test_picture_of_a_form_is_posted_at_the_end_of_its_text(writer, member):
    topic = make_talk()
    said = {"text": "Вот он", "picture": chosen(), "picture_shows": "Мост"}

    writer.post(f"/ru/forum/topics/{topic.pk}/reply/", said)
    picture, post = Picture.objects.get(), Post.objects.get(number=2)

    assert post.source == f"Вот он\n\n![Мост](/forum/pictures/{picture.key}.webp)"
    assert (picture.post, picture.description) == (post, "Мост")


def test_picture_alone_is_a_post(writer):
    topic = make_talk()

    writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "", "picture": chosen()})

    assert Post.objects.get(number=2).source == Picture.objects.get().source


def test_preview_shows_the_picture_and_keeps_it_in_the_text(writer):
    topic = make_talk()
    said = {"text": "Вот он", "picture": chosen(), "picture_shows": "Мост", "preview": "1"}

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", said).content.decode()
    picture = Picture.objects.get()

    assert f'<img src="/forum/pictures/{picture.key}.webp" alt="Мост" width="60" height="40"' in html
    assert typed(html) == f"Вот он\n\n{picture.source}"
    assert 'name="picture_shows" value=' not in html
    assert picture.post is None


def test_picture_stays_in_the_text_when_something_else_is_wrong(writer):
    make_board(slug="crafts")
    said = {"kind": "question", "title": "", "text": "Где?", "picture": chosen()}

    html = writer.post("/ru/forum/crafts/new/", said).content.decode()

    assert errors(html) == ["Дайте теме название."]
    assert typed(html) == f"Где?\n\n{Picture.objects.get().source}"


def test_bad_file_stands_at_its_field_and_nothing_typed_is_lost(writer):
    topic = make_talk()
    said = {"text": "Вот он", "picture": chosen(DRAWING, "x.svg"), "picture_shows": "Мост"}

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", said).content.decode()

    assert len(errors(html)) == 1
    assert html.index('id="id_picture_error"') < html.index('name="picture"')
    assert '<details class="pictures__field fold" open>' in html
    assert (typed(html), 'value="Мост"' in html) == ("Вот он", True)
    assert Post.objects.count() == 1


def test_saving_for_later_keeps_the_picture_in_the_text(writer, member):
    topic = make_talk()
    said = {"text": "Вот он", "picture": chosen(), "keep": "1"}

    writer.post(f"/ru/forum/topics/{topic.pk}/reply/", said)

    assert Unsent.objects.get().words == {"text": f"Вот он\n\n{Picture.objects.get().source}"}
    assert Post.objects.count() == 1


def test_saving_for_later_says_what_is_wrong_with_the_file(writer):
    topic = make_talk()
    said = {"text": "Вот он", "picture": chosen(DRAWING, "x.svg"), "keep": "1"}

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", said).content.decode()

    assert errors(html) == [NO_PICTURE]
    assert (typed(html), Unsent.objects.count()) == ("Вот он", 0)


def test_proposals_take_pictures_into_what_is_proposed(writer):
    make_board(slug="city")
    said = {"title": "Починить мост", "problem": "Шатается", "proposal": "Починить", "picture": chosen()}

    writer.post("/ru/forum/city/propose/", said)
    picture, topic = Picture.objects.get(), Topic.objects.get()

    assert topic.proposal.proposal == f"Починить\n\n{picture.source}"
    assert picture.post == topic.posts.get()
    assert "<img" in topic.posts.get().html


def test_number_in_a_post_is_limited(writer, member, settings):
    settings.FORUM_PICTURES_IN_POST = 1
    topic = make_talk()
    text = "\n\n".join(make_photo(member).source for _ in range(2))

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": text}).content.decode()

    assert errors(html) == ["В одно сообщение помещается не больше 1 картинки."]
    assert typed(html) == text


def test_pictures_can_be_turned_off(writer, member, settings):
    topic = make_talk()
    settings.FORUM_PICTURES_IN_POST = 0

    html = writer.get(f"/ru/forum/topics/{topic.pk}/").content.decode()
    writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Без картинки", "picture": chosen()})

    assert 'name="picture"' not in html
    assert Picture.objects.count() == 0
    assert Post.objects.filter(source="Без картинки").count() == 1


# --- standing in a post -----------------------------------------------------------------------------------------------
def test_post_shows_it_with_size_and_words(member):
    picture = make_photo(member, size=(1200, 1600), description="Мост")

    post = show(make_talk(), picture)

    address = f"/forum/pictures/{picture.key}.webp"
    assert post.html == (
        f'<p>Смотрите</p>\n<p><a href="{address}" class="picture" title="Мост" rel="nofollow ugc noopener">'
        f'<img src="{address}" alt="Мост" width="450" height="600" loading="lazy" decoding="async"></a></p>'
    )
    picture.refresh_from_db()
    assert picture.post == post


def test_left_out_words_are_said_in_the_topics_language(member):
    pictures = [make_photo(member) for _ in range(2)]

    posts = [show(make_talk(language=code), one) for code, one in zip(("ru", "en"), pictures, strict=True)]

    assert [re.search(r'alt="([^"]*)"', post.html).group(1) for post in posts] == [
        "Картинка без описания",
        "A picture without a description",
    ]


def test_others_pictures_are_links(member):
    """Also those that stand in a post already: each stands in one, and is seen by whoever reads that one."""
    topic, other = make_talk(), make_user()
    foreign, used = make_photo(other, description="Чужое"), make_photo(member, description="Своё")
    show(topic, used)

    post = make_reply(topic, by=member, text=f"{foreign.source} {used.source} ![нет](/forum/pictures/{uuid4()}.webp)")

    assert "<img" not in post.html
    assert re.findall(r">([^<>]+)</a>", post.html) == ["Чужое", "Своё", "нет"]
    foreign.refresh_from_db()
    assert foreign.post is None


def test_quotation_names_the_picture_and_leads_to_it(writer, member):
    topic = make_talk()
    post = show(topic, make_photo(make_user(), description="Мост"))
    picture = Picture.objects.get()

    text = typed(writer.get(f"/ru/forum/topics/{topic.pk}/", {"quote": post.number}).content.decode())
    writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": f"{text}Красиво"})
    quoting = Post.objects.get(number=3)

    assert f"> [Мост](/forum/pictures/{picture.key}.webp)" in text
    assert "<img" not in quoting.html
    assert f'<a href="/forum/pictures/{picture.key}.webp" rel="nofollow ugc noopener">Мост</a>' in quoting.html
    assert list(quoting.pictures.all()) == []


def test_moderator_who_changes_a_post_keeps_its_pictures_and_may_add_own(member, moderator, keepers):
    topic = make_talk(make_board(moderators=(keepers,)))
    picture, own, strange = make_photo(member), make_photo(moderator), make_photo(member)
    post = show(topic, picture)

    text = f"Иначе {picture.source} {own.source} {strange.source}"
    changed = actions.edit(post, Draft(source=text), by=moderator)

    assert re.findall(r'<img src="/forum/pictures/([^"]+)\.webp"', changed.html) == [str(picture.key), str(own.key)]
    assert set(post.pictures.all()) == {picture, own}


def test_picture_taken_out_of_a_text_is_still_seen_in_its_history(client, city, member):
    picture = make_photo(member)
    post = show(make_talk(), picture)

    actions.edit(post, Draft(source="Без неё"), by=member)

    html = client.get(f"/ru/forum/posts/{post.pk}/history/").content.decode()
    assert f'<img src="/forum/pictures/{picture.key}.webp"' in html
    assert client.get(picture.get_absolute_url()).status_code == 200


def test_merging_and_splitting_leave_pictures_with_their_posts(client, city, member):
    keeper = make_user(is_superuser=True)
    one, other = make_talk(), make_talk()
    picture = make_photo(member)
    post = show(one, picture)

    actions.merge_topics(one, other, by=keeper)
    after_merge = client.get(picture.get_absolute_url()).status_code
    post.refresh_from_db()
    actions.split_topic(other, [post.number], boards.by_pk(other.board_id), "Отдельно", by=keeper)

    picture.refresh_from_db()
    assert picture.post == post
    assert (after_merge, client.get(picture.get_absolute_url()).status_code) == (200, 200)


def test_the_same_file_may_come_twice(writer, member):
    topic = make_talk()
    pictures = [make_photo(member) for _ in range(2)]

    for picture in pictures:
        show(topic, picture, text=f"По-разному {picture.key}")

    assert [len(post.pictures.all()) for post in Post.objects.filter(number__gt=1)] == [1, 1]


def test_words_of_pictures_are_found_and_nothing_else_of_them(city, member):
    show(make_talk(title="Прогулка"), make_photo(member, description="Мост <b>через</b> Ушаковку"))

    assert Entry.objects.get(title="Прогулка", boost__lt=0).body == "Смотрите Мост <b>через</b> Ушаковку"


def test_feed_and_json_name_pictures_by_their_whole_address(client, city, member, settings):
    topic = make_talk()
    picture = make_photo(member, description="Мост")
    show(topic, picture)
    whole = f'src="{settings.BASE_URL}/forum/pictures/{picture.key}.webp"'

    atom = unescape(client.get(f"/en/forum/topics/{topic.pk}/atom/").content.decode())
    said = client.get(f"/en/forum/topics/{topic.pk}/json/").json()["comment"][1]["text"]

    assert whole in atom
    assert whole in said
    assert f'href="{settings.BASE_URL}/forum/pictures/{picture.key}.webp"' in said


@pytest.mark.parametrize("number", [1, 15])
def test_page_asks_nothing_of_its_pictures(client, city, member, number):
    """Their size and words were written down with the post."""
    topic = make_talk()
    for _ in range(number):
        show(topic, make_photo(member), text=f"Слова {uuid4()}")

    with CaptureQueriesContext(connection) as queries:
        html = client.get(f"/ru/forum/topics/{topic.pk}/").content.decode()

    assert html.count("<img src=") == number
    assert [one["sql"] for one in queries if "forum_picture" in one["sql"]] == []


@pytest.mark.parametrize(("source", "queries"), [("Слова", 0), ("![Мост](https://a.example/x.webp)", 0)])
def test_text_without_own_pictures_asks_for_none(member, django_assert_num_queries, source, queries):
    with django_assert_num_queries(queries):
        assert list(pictures_named_in(source)) == []


def test_picture_is_sent_with_one_question_to_everybody(client, city, member, django_assert_num_queries):
    picture = make_photo(member)
    show(make_talk(), picture)
    client.get(picture.get_absolute_url())

    with django_assert_num_queries(1):
        client.get(picture.get_absolute_url())


# --- who is new -------------------------------------------------------------------------------------------------------
def test_newcomers_pictures_wait_for_a_moderator(member, settings):
    settings.FORUM_NEWCOMER_POSTS = 3
    picture = make_photo(member)

    post = actions.reply(make_talk(), Draft(source=picture.source, through_form=True), by=member)

    assert post.standing == Standing.WAITING
    assert Case.objects.get().cause == Cause.PICTURES


def test_newcomers_add_no_pictures_to_what_is_shown(member, settings):
    post = make_reply(make_talk(), by=member, text="Слова")
    settings.FORUM_NEWCOMER_POSTS = 3

    with pytest.raises(PicturesError):
        actions.edit(post, Draft(source=f"Слова {make_photo(member).source}", through_form=True), by=member)
    with pytest.raises(LinksError):
        actions.edit(post, Draft(source="Слова https://a.example", through_form=True), by=member)


# --- who sees it ------------------------------------------------------------------------------------------------------
@pytest.fixture
def people(member, council, moderator) -> dict[str, object]:
    insider, network = make_user(), make_user()
    insider.groups.add(council)
    network.user_permissions.add(Permission.objects.get(codename="moderate"))
    return {
        "nobody": AnonymousUser(),
        "member": make_user(),
        "of the group": insider,
        "owner": member,
        "moderator": moderator,
        "moderator of all": network,
    }


EVERYBODY = {"nobody", "member", "of the group", "owner", "moderator", "moderator of all"}
MODERATORS = {"moderator", "moderator of all"}


def seen_by(client, people, picture: Picture) -> set[str]:
    """By the rule and by the view, which must say the same."""
    fresh = Picture.objects.select_related("post__topic").get(pk=picture.pk)
    by_rule = {role for role, person in people.items() if rules.can_see_picture(person, fresh)}
    by_view = set()
    for role, person in people.items():
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        answer = client.get(picture.get_absolute_url())
        by_view |= {role} if answer.status_code == 200 else set()
        assert answer.status_code in {200, 404}
    assert by_view == by_rule
    return by_rule


@pytest.mark.parametrize(
    ("circle", "readers"),
    [
        (Circle.EVERYONE, EVERYBODY),
        (Circle.MEMBERS, EVERYBODY - {"nobody"}),
        (Circle.GROUPS, {"of the group", *MODERATORS}),
    ],
)
def test_whoever_reads_the_board_sees_the_picture(client, city, people, council, keepers, member, circle, readers):
    board = make_board(moderators=(keepers,), groups=(council,))
    picture = make_photo(member)
    show(make_talk(board), picture)

    board.who_reads = circle
    board.save()
    drop_now((boards.TAG,))

    assert seen_by(client, people, picture) == readers


def test_unused_pictures_are_their_owners(client, city, people, member):
    assert seen_by(client, people, make_photo(member)) == {"owner"}


def test_waiting_posts_pictures_are_seen_by_author_and_moderators(client, city, people, keepers, member):
    topic = make_talk(make_board(held=Held.ALL, moderators=(keepers,)), by=people["moderator"])
    picture = make_photo(member)
    post = show(topic, picture)

    assert seen_by(client, people, picture) == {"owner", *MODERATORS}
    actions.approve(post, by=people["moderator"])
    assert seen_by(client, people, picture) == EVERYBODY


@pytest.mark.parametrize("whole", [False, True])
def test_removing_hides_pictures_and_restoring_shows_them(client, city, people, keepers, member, whole):
    topic = make_talk(make_board(moderators=(keepers,)))
    picture = make_photo(member)
    post = show(topic, picture)
    removed = topic.posts.get(number=1) if whole else post

    actions.remove(removed, by=people["moderator"])
    assert seen_by(client, people, picture) == MODERATORS

    actions.restore(Post.objects.get(pk=removed.pk), by=people["moderator"])
    assert seen_by(client, people, picture) == EVERYBODY


def test_moving_a_topic_to_a_closed_board_closes_its_pictures(client, city, people, council, keepers, member):
    topic = make_talk(make_board(moderators=(keepers,)))
    picture = make_photo(member)
    show(topic, picture)
    inside = make_board(who_reads=Circle.GROUPS, groups=(council,), moderators=(keepers,))

    actions.move_topic(topic, boards.by_pk(inside.pk), by=people["moderator"])

    assert seen_by(client, people, picture) == {"of the group", *MODERATORS}


def test_desk_shows_what_waits_with_its_picture(client, city, people, keepers, member):
    topic = make_talk(make_board(held=Held.ALL, moderators=(keepers,)), by=people["moderator"])
    picture = make_photo(member)
    actions.reply(topic, Draft(source=picture.source, through_form=True), by=member)

    client.force_login(people["moderator"])

    assert f'<img src="/forum/pictures/{picture.key}.webp"' in client.get("/ru/forum/desk/").content.decode()


@pytest.mark.parametrize(
    ("circle", "kept"), [(Circle.EVERYONE, "public, max-age=3600, immutable"), (Circle.MEMBERS, "private, no-cache")]
)
def test_only_what_everybody_sees_is_kept_on_the_way(client, city, member, circle, kept):
    picture = make_photo(member)
    show(make_talk(make_board(who_reads=circle)), picture)
    if circle == Circle.MEMBERS:
        client.force_login(make_user())

    answer = client.get(picture.get_absolute_url())
    known = client.get(picture.get_absolute_url(), headers={"if-none-match": answer["ETag"]})

    assert (answer["Cache-Control"], known["Cache-Control"]) == (kept, kept)
    assert (answer.status_code, known.status_code, known.content) == (200, 304, b"")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer.content == content_of(picture)


def test_known_picture_is_not_there_any_more_once_it_is_hidden(client, city, member):
    picture = make_photo(member)
    post = show(make_talk(), picture)
    etag = client.get(picture.get_absolute_url())["ETag"]

    actions.remove(post, by=member)

    assert client.get(picture.get_absolute_url(), headers={"if-none-match": etag}).status_code == 404


def test_the_media_folder_gives_no_picture_out(client, member):
    picture = make_photo(member)

    assert default_storage.exists(picture.file.name)
    assert str(picture.key) not in picture.file.name
    assert client.get(f"/media/{picture.file.name}").status_code == 404
    assert client.get(f"/media/x/../{picture.file.name}").status_code == 404


def test_storage_without_paths_will_do(client, city, member, settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}

    with override_settings(STORAGES=settings.STORAGES | {"default": memory}):
        picture = make_photo(member)
        show(make_talk(), picture)
        answer = client.get(picture.get_absolute_url())

        assert (answer.status_code, answer.content[:4]) == (200, b"RIFF")


def test_a_lost_file_is_a_missing_page(client, city, member):
    picture = make_photo(member)
    show(make_talk(), picture)
    default_storage.delete(picture.file.name)

    assert client.get(picture.get_absolute_url()).status_code == 404


# --- going ------------------------------------------------------------------------------------------------------------
def test_what_nobody_posted_is_cleared_away_after_a_day(member):
    used, fresh, old = make_photo(member), make_photo(member), make_photo(member)
    show(make_talk(), used)
    Picture.objects.exclude(pk=fresh.pk).update(uploaded_at=timezone.now() - timedelta(hours=25))

    cleared = [actions.forget_pictures() for _ in range(2)]

    assert cleared == [1, 0]
    assert set(Picture.objects.all()) == {used, fresh}
    assert [default_storage.exists(one.file.name) for one in (used, fresh, old)] == [True, True, False]
    assert "forum.tasks.forget_pictures" in JOBS


def test_what_a_draft_shows_stays_as_long_as_the_draft(member):
    kept, place = make_photo(member), Place(Writing.REPLY, make_talk().pk)
    keep(member, place, {"text": kept.source}, ticket=None, seen=None)
    Picture.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))

    while_kept = actions.forget_pictures()
    throw_away(member, place)

    assert (while_kept, actions.forget_pictures(), Picture.objects.count()) == (0, 1, 0)


def test_an_interrupted_clearing_is_finished_the_next_time(member):
    picture = make_photo(member)
    Picture.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    default_storage.delete(picture.file.name)

    assert (actions.forget_pictures(), Picture.objects.count()) == (1, 0)


def test_who_leaves_leaves_what_was_posted_and_nothing_else(client, city, member):
    posted, unused = make_photo(member), make_photo(member)
    show(make_talk(), posted)

    close_account(member)
    Picture.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    actions.forget_pictures()

    assert list(Picture.objects.all()) == [posted]
    assert client.get(posted.get_absolute_url()).status_code == 200
    assert client.get(unused.get_absolute_url()).status_code == 404
