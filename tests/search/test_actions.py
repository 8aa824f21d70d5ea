from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import actions
from search.checks import differences
from search.engines import current_engine
from search.enums import Access
from search.models import Document, Entry
from tests.factories import make_news, make_partner
from tests.search.conftest import ask, titles

pytestmark = pytest.mark.usefixtures("city")


def test_a_write_raises_the_version():
    page = make_news("Урок")
    before = Entry.objects.get().version

    actions.index(page)

    assert Entry.objects.get().version > before


def test_a_version_grows_even_when_the_clock_is_late(monkeypatch):
    page = make_news("Урок")
    before = Entry.objects.get().version
    monkeypatch.setattr("search.actions.time.time_ns", lambda: 1_000)

    actions.index(page)

    assert Entry.objects.get().version == before + 1


def test_an_entry_keeps_its_number_when_it_is_rewritten():
    page = make_news("Урок")
    before = Entry.objects.get().pk

    actions.index(page)

    assert Entry.objects.get().pk == Document.objects.get().pk == before


def test_a_new_title_is_found_and_nothing_else_is_touched(add):
    entry = add("Урок шитья", body="Про нитки")
    before = entry.version

    actions._rehead_batch([entry.key], "Вечер вязания", "")

    assert titles(ask("вязание")) == titles(ask("нитки")) == ["Вечер вязания"]
    assert ask("шитьё").total == 0
    assert Entry.objects.get().version > before


def test_things_without_a_builder_are_let_be(city):
    actions.index(city)

    assert Entry.objects.count() == 0


def test_long_titles_and_texts_are_cut_to_what_is_kept(add):
    entry = add("слово " * 100, body="тело " * 20_000, place="у" * 500)

    assert len(entry.title) == 255
    assert len(entry.document.body.split()) == 10_000
    assert titles(ask("тело")) == [entry.title]


def test_a_partner_s_entries_follow_its_name():
    partner = make_partner("Дом соседей", slug="neighbours")
    make_news("Открыли дверь", partner=partner)
    page = partner.pages.get()
    page.title = "Дом друзей"
    page.save_revision().publish()

    actions.index_partner("neighbours")

    assert titles(ask("друзья", kind="news")) == ["Открыли дверь"]
    assert ask("соседи").total == 0


def test_rebuilding_makes_the_same_index_anew(capsys):
    make_news("Урок", partner=make_partner("Дом соседей"))
    before = list(Entry.objects.order_by("pk").values("kind", "key", "title", "partner"))
    Entry.objects.all().delete()
    assert list(differences()) != []

    call_command("rebuild_index")

    assert sorted(map(str, before)) == sorted(map(str, Entry.objects.values("kind", "key", "title", "partner")))
    assert "Rebuilt: 2 things." in capsys.readouterr().out
    assert list(differences()) == []


def test_words_are_made_anew_from_the_entries(add, capsys):
    for number in range(3):
        add(f"Урок {number}", body="Онлайн-курс, ёлка и Wi-Fi")
    Document.objects.all().delete()
    assert len(list(current_engine().differences())) == 3

    call_command("rebuild_index", "--engine", "database")

    assert "Rebuilt: 3 entries." in capsys.readouterr().out
    assert list(current_engine().differences()) == []


def test_words_are_those_of_the_entry_as_it_is_when_it_is_written(add, monkeypatch):
    """It was read, and taken apart, before somebody changed it, and another was deleted."""
    changed, gone = add("Урок"), add("Лишнее")
    read = actions._unwritten

    def meanwhile(*asked):
        for some in read(*asked):
            add("Новый урок", key=changed.key)
            actions.remove_keys([gone.key])
            yield some

    monkeypatch.setattr(actions, "_unwritten", meanwhile)

    assert list(actions.rewrite()) == [2]

    assert list(current_engine().differences()) == []
    assert titles(ask("новый")) == ["Новый урок"]


def test_what_is_right_already_is_not_written_again(add):
    add("Урок")
    wrong, closed = add("Курс"), add("Кружок")
    Document.objects.filter(pk=wrong.pk).update(title="лекц")
    Entry.objects.filter(pk=closed.pk).update(access=Access.MEMBERS)

    with CaptureQueriesContext(connection) as asked:
        assert list(actions.rewrite()) == [3]

    written = [query["sql"] for query in asked if query["sql"].startswith('INSERT INTO "search_document"')]
    assert ["урок" in sql for sql in written] == [False]
    assert list(current_engine().differences()) == []
    assert Document.objects.count() == 2


def test_rebuilding_takes_out_what_nothing_stands_for(add):
    add("Чужой", kind="page", key="page:999999")
    make_news("Урок")

    call_command("rebuild_index", "--kind", "news", stdout=StringIO())
    assert Entry.objects.count() == 2
    call_command("rebuild_index", stdout=StringIO())

    assert [entry.title for entry in Entry.objects.all()] == ["Урок"]


def test_check_finds_what_differs_and_is_silent_where_nothing_does():
    page, other, hidden = make_news("Урок"), make_news("Другой"), make_news("Спрятан")
    out = StringIO()
    call_command("check_index", stdout=out)
    assert out.getvalue() == "0 differences.\n"

    Entry.objects.filter(key=f"page:{page.pk}").update(title="Подмена")
    Entry.objects.filter(key=f"page:{other.pk}").delete()
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    Document.objects.filter(entry__key=f"page:{hidden.pk}").delete()
    out = StringIO()
    with pytest.raises(CommandError, match="6 differences"):
        call_command("check_index", stdout=out)

    assert sorted(out.getvalue().splitlines()) == sorted(
        [
            f"news page:{hidden.pk} ru: nothing public stands for it",
            f"news page:{hidden.pk} ru: words missing",
            f"news page:{other.pk} ru: missing",
            f"news page:{page.pk} ru: suggestions differ",
            f"news page:{page.pk} ru: title differ",
            f"news page:{page.pk} ru: words differ",
        ]
    )


def test_words_of_entries_that_are_gone_are_found_by_the_check():
    make_news("Урок")
    Entry.objects.all()._raw_delete("default")

    assert any("which is gone or not public" in one.line for one in differences())
