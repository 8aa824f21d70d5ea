"""Letters with what is new: of what they tell."""

from django.core import mail
from django.core.mail import get_connection
from django.utils import timezone

from search import actions as index
from search.enums import Access
from search.models import Entry, SavedSearch, Told
from search.saved import mailing
from tests.factories import make_partner, make_user
from tests.search.conftest import ago
from tests.search.saved.conftest import a_week_later, claim, follow, time_passes
from tests.search.saved.test_arrivals import again


# --- of what ----------------------------------------------------------------------------------------------------------
def test_letter_tells_what_came_since_and_fits(anna, add):
    add("Старый велосипед")
    follow(anna)
    time_passes()
    add("Новый велосипед", place="Двор", partner_name="Верстак", summary="Катаемся <вместе>.", starts=ago(-5))
    add("Новый самокат")

    [letter] = a_week_later()

    assert "Новый велосипед" in letter
    assert [word for word in ("Старый", "самокат") if word in letter] == []
    for words in ("Двор", "Верстак", "> Катаемся <вместе>.", "http://testserver/tests.thing:"):
        assert words in letter
    html = mail.outbox[0].alternatives[0][0]
    assert ("Катаемся &lt;вместе&gt;." in html, '<html lang="en">' in html) == (True, True)


def test_what_is_old_by_its_date_and_came_lately_is_told(anna, add):
    follow(anna)
    time_passes()
    for number in range(30):
        add(f"Велосипед {number}", days_old=number)
    a_week_later()
    add("Велосипед из архива", days_old=3_000)

    [letter] = a_week_later()

    assert letter.count("Велосипед") == 1


def test_nothing_new_makes_no_letter(anna, add):
    add("Велосипед")
    follow(anna)

    assert a_week_later() == []
    assert SavedSearch.objects.get().due_at > timezone.now()


def test_what_is_changed_later_is_not_told_again(anna, add):
    follow(anna)
    entry = add("Велосипед")
    first = a_week_later()
    again(entry, title="Велосипед, исправленный", published=timezone.now())

    assert (len(first), a_week_later()) == (1, [])


def test_a_rebuilt_index_is_not_news(anna, add, city):
    follow(anna, kind="page", text="")
    a_week_later()

    for _done in index.reindex_all():
        pass

    assert a_week_later() == []


def test_a_translation_is_not_told_again(anna, add):
    follow(anna)
    add("Велосипед", translation_key="one")
    first = a_week_later()
    add("Велосипед па-беларуску", language="be", translation_key="one")

    assert (len(first), a_week_later()) == (1, [])


def test_what_went_and_came_back_is_told_to_those_alone_who_did_not_hear_of_it(anna, add):
    boris = make_user("boris@example.org", language="en")
    follow(anna)
    entry = add("Велосипед")
    first = a_week_later()
    follow(boris)
    SavedSearch.objects.filter(subscriber__person=boris).update(told_until=ago(3))
    index.remove_keys([entry.key])
    hidden = a_week_later()
    again(entry)

    back = a_week_later()

    assert (len(first), hidden, len(back)) == (1, [], 1)
    assert mail.outbox[-1].to == ["boris@example.org"]


def test_what_was_public_when_found_and_is_not_when_written_is_not_told_but_may_be_later(anna, add):
    search = follow(anna)
    entry = add("Велосипед")
    time_passes()
    claimed, until = claim(search)
    again(entry, access=Access.MEMBERS)

    sent = mailing._send(get_connection(), search.subscriber, claimed, until)
    time_passes()
    again(entry, access=Access.PUBLIC)

    assert (len(claimed), sent, mail.outbox, Told.objects.count()) == (1, False, [], 0)
    assert len(a_week_later()) == 1


def test_searches_of_one_person_come_in_one_letter_and_a_thing_once(anna, add):
    follow(anna)
    follow(anna, "ремонт")
    add("Велосипед и ремонт")
    add("Ремонт обуви")

    [letter] = a_week_later()

    assert mail.outbox[0].subject.startswith("New in 2 of your searches — ")
    assert letter.count("Велосипед и ремонт") == letter.count("Ремонт обуви") == 1
    assert letter.count("/ru/search/?q=") == 2


def test_letter_shows_ten_things_and_leads_to_the_rest(anna, add):
    follow(anna)
    for number in range(13):
        add(f"Велосипед {number:02}", days_old=number)

    [letter] = a_week_later()

    assert letter.count("Велосипед") == 10
    assert ("Велосипед 09" in letter, "Велосипед 10" in letter) == (True, False)
    assert (
        "And 3 more: show all new: http://testserver/ru/search/"
        "?q=%D0%B2%D0%B5%D0%BB%D0%BE%D1%81%D0%B8%D0%BF%D0%B5%D0%B4&sort=date" in letter
    )
    assert (Told.objects.count(), a_week_later()) == (13, [])


def test_search_by_a_day_with_a_name_tells_of_old_things_whose_day_has_come(anna, add):
    add("Велосипед сегодня", starts=timezone.now())
    follow(anna, when="today")
    first = a_week_later()
    Entry.objects.filter(pk=add("Велосипед потом", starts=ago(-30)).pk).update(starts=timezone.now())

    [letter] = a_week_later()

    assert first == []
    assert ("Велосипед потом" in letter, "Велосипед сегодня" in letter) == (True, False)


def test_of_few_words_all_have_to_be_said(anna, add):
    follow(anna, "ремонт велосипеда")
    add("Ремонт обуви")
    first = a_week_later()
    add("Ремонты велосипедов")

    assert (first, len(a_week_later())) == ([], 1)


def test_letter_holds_only_what_a_reader_of_the_whole_list_would_find(anna, add):
    """Of five words one is too little while ten things say three of them."""
    for number in range(12):
        add(f"Летний ремонт велосипеда {number}")
    follow(anna, "летний ремонт велосипеда своими руками")
    add("Ремонт обуви")

    assert a_week_later() == []


def test_filters_hold(anna, add, city):
    follow(anna, kind="news", partner="verstak")
    make_partner("Верстак", slug="verstak")
    add("Велосипед", partner="verstak")
    add("Велосипед у других")
    add("Велосипед в беседе", kind="topic", partner="verstak")

    [letter] = a_week_later()

    assert mail.outbox[0].subject.startswith("New: “велосипед”, News, Верстак — ")
    assert letter.count("http://testserver/tests.thing:") == 1
