"""Who hears of proposals: moderators of those to check, followers of new ones, the body that has to answer."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.utils.translation import override

from accounts.models import User
from forum import actions, tasks
from forum.actions import AnswerDraft, watching
from forum.enums import Circle, Held, Mode, Status
from forum.models import Proposal, ProposalStep
from notices import mailing, showing
from notices.models import Notice
from partners.actions import add_member
from partners.enums import Role
from tests.factories import make_board, make_partner, make_proposal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def voice(db) -> User:
    """Answers for the city."""
    person = make_user(display_name="Голос города")
    person.user_permissions.add(Permission.objects.get(codename="answer_for_city"))
    return person


def told(kind: str) -> list[str]:
    """Those who still have it unread."""
    found = Notice.objects.filter(kind=kind, read_at=None).order_by("pk")
    return [notice.person.display_name for notice in found]


def readable(person: User, kind: str) -> list[showing.Shown]:
    with override("ru"):
        return showing.for_reader(person, list(Notice.objects.filter(person=person, kind=kind)))[0]


# --- new ones ---------------------------------------------------------------------------------------------------------
def test_moderators_hear_of_what_waits_for_a_check_until_it_is_checked(keepers, moderator, member):
    proposal = make_proposal(make_board(moderators=(keepers,)), by=member, status=Status.SUBMITTED, title="Читальня")
    tasks.tell_of_post.enqueue(proposal.topic.posts.get().pk)
    before = told("proposal.check")
    (shown,) = readable(moderator, "proposal.check")

    actions.step(proposal.topic, Status.CHECKED, by=moderator)

    assert before == ["Глафира Петрова"]
    assert shown.sentence == "Марина Климова предлагает, проверьте: «Читальня»"
    assert shown.excerpt == "Открыть зал вечером"
    assert told("proposal.check") == []
    assert readable(moderator, "proposal.check") == []


def test_proposal_that_waits_itself_is_asked_about_once_it_is_shown(keepers, moderator, member):
    board = make_board(held=Held.ALL, moderators=(keepers,))
    proposal = make_proposal(board, by=member, status=Status.SUBMITTED)
    before = told("proposal.check")

    actions.approve(proposal.topic.posts.get(), by=moderator)

    assert (before, told("proposal.check")) == ([], ["Глафира Петрова"])


def test_followers_of_a_board_hear_of_a_new_proposal(member):
    board, reader = make_board(), make_user(display_name="Читатель")
    watching.set_watch(reader, "board", board.pk, Mode.WATCH)

    make_proposal(board, by=member, status=Status.SUBMITTED, title="Читальня")

    (shown,) = readable(reader, "forum.proposal")
    assert shown.sentence == "Марина Климова предлагает: «Читальня»"


def test_desk_says_how_many_wait_for_a_check(city, client, keepers, moderator):
    board = make_board(slug="ideas", moderators=(keepers,))
    for status in (Status.SUBMITTED, Status.SUBMITTED, Status.CHECKED):
        make_proposal(board, status=status)
    make_proposal(status=Status.SUBMITTED)
    client.force_login(moderator)

    html = client.get("/ru/forum/desk/").content.decode()

    assert "2 предложения ждут проверки" in html
    assert 'href="/ru/forum/proposals/?status=submitted"' in html


# --- who answers ------------------------------------------------------------------------------------------------------
def test_city_hears_when_the_threshold_is_reached(voice, keeper):
    make_user(display_name="Администратор", is_superuser=True)

    make_proposal(make_board(threshold=2), supporters=2, title="Читальня")
    for step in ProposalStep.objects.filter(status=Status.REVIEW):
        tasks.tell_of_step.enqueue(step.pk)

    assert told("proposal.due") == ["Голос города"]
    (shown,) = readable(voice, "proposal.due")
    assert shown.sentence == "Предложение «Читальня» на рассмотрении: от вас ждут ответа"


def test_organisation_hears_whether_it_was_named_before_or_after(city, voice, keeper):
    partner = make_partner()
    for role in (Role.OWNER, Role.EDITOR, Role.AUTHOR):
        person = make_user(display_name=role.value)
        add_member(partner, person, role)
    early, late = make_proposal(), make_proposal()

    actions.make_responsible(early.topic, partner, by=keeper)
    actions.step(early.topic, Status.REVIEW, by=keeper)
    first = told("proposal.due")
    actions.step(late.topic, Status.REVIEW, by=keeper)
    for body in (partner, None, partner):
        actions.make_responsible(late.topic, body, by=keeper)

    assert sorted(first) == ["editor", "owner"]
    assert sorted(told("proposal.due")) == sorted(["editor", "owner", "Голос города", "editor", "owner"])


def test_who_may_not_read_the_board_is_not_asked(city, council, keeper):
    partner, insider, outsider = make_partner(), make_user(display_name="Свой"), make_user(display_name="Чужой")
    insider.groups.add(council)
    for person in (insider, outsider):
        add_member(partner, person, Role.OWNER)
    proposal = make_proposal(make_board(who_reads=Circle.GROUPS, groups=(council,)), by=insider)

    actions.make_responsible(proposal.topic, partner, by=keeper)
    actions.step(proposal.topic, Status.REVIEW, by=keeper)

    assert told("proposal.due") == ["Свой"]


def test_nobody_is_asked_for_what_is_answered(voice):
    proposal = make_proposal(make_board(threshold=1), supporters=1)
    before = len(readable(voice, "proposal.due"))

    actions.answer(proposal.topic, AnswerDraft("Город", "Откроем"), by=voice)

    assert (before, readable(voice, "proposal.due")) == (1, [])


def test_who_opens_the_proposal_has_read_that_an_answer_is_due(city, client, voice):
    proposal = make_proposal(make_board(threshold=1), supporters=1)
    client.force_login(voice)

    client.get(f"/ru/forum/topics/{proposal.pk}/")

    assert told("proposal.due") == []


# --- how it goes on ---------------------------------------------------------------------------------------------------
def test_followers_hear_of_steps_and_who_has_muted_it_does_not(keeper, member):
    proposal = make_proposal(make_board(threshold=50), by=member)
    follower, loud, quiet = (make_user(display_name=name) for name in ("Следит", "Поддержал", "Не хочет"))
    watching.set_watch(follower, "topic", proposal.pk, Mode.WATCH)
    for person in (loud, quiet):
        actions.support(proposal.topic, by=person, on=True)
    watching.set_watch(quiet, "topic", proposal.pk, Mode.MUTE)
    Notice.objects.all().delete()

    actions.step(proposal.topic, Status.REVIEW, by=keeper)

    assert sorted(told("proposal.step")) == ["Марина Климова", "Поддержал", "Следит"]


@pytest.mark.parametrize("number", [1, 12])
def test_queries_of_the_centre_do_not_grow_with_steps(city, client, member, keeper, django_assert_num_queries, number):
    for _ in range(number):
        make_proposal(by=member, status=Status.CHECKED)
    client.force_login(member)
    client.get("/ru/notices/")

    with django_assert_num_queries(6):
        client.get("/ru/notices/")


def test_title_and_board_are_told_as_they_are_now(city, member, keeper):
    from forum import boards

    proposal = make_proposal(by=member, status=Status.CHECKED, title="Читальня")
    actions.move_topic(proposal.topic, boards.by_pk(make_board("Дворы").pk), by=keeper)
    Proposal.objects.get().topic.__class__.objects.update(title="Читальный зал")

    (shown,) = readable(member, "proposal.step")

    assert (shown.sentence, shown.place) == ("Модератор проверил предложение «Читальный зал»", "Дворы")


def test_letter_says_the_answer_once_with_the_place_and_a_way_to_mute(settings, keeper, member):
    proposal = make_proposal(make_board("Идеи"), by=member, status=Status.REVIEW, title="Читальня")
    Notice.objects.all().update(mail_at=None)
    actions.answer(proposal.topic, AnswerDraft("Библиотека", "**Откроем** с марта"), by=keeper)
    Notice.objects.filter(kind="proposal.answer").update(mail_at="2026-01-01T00:00Z")
    mail.outbox.clear()

    mailing.send_due()

    (letter,) = [one for one in mail.outbox if one.to == [member.email]]
    text, html = letter.body, str(letter.alternatives[0][0])
    assert letter.subject.startswith("Библиотека: ответ на предложение «Читальня»")
    assert [part.count("Откроем") for part in (text, html.split("</h1>")[1])] == [1, 1]
    assert "Идеи" in text
    assert "/notices/mute/" in text


def test_letters_subject_is_one_sentence_and_decisions_promise_nothing(keeper, member):
    proposal = make_proposal(by=member, status=Status.COLLECTING, title="Читальня")
    Notice.objects.filter(person=member).update(mail_at="2026-01-01T00:00Z", mailed_at=None)
    mail.outbox.clear()
    mailing.send_due()
    actions.step(proposal.topic, Status.DECLINED, by=keeper, note="Не к нам")

    mailing.send_due()

    first, second = (one for one in mail.outbox if one.to == [member.email])
    assert first.subject.startswith("Предложение «Читальня» собирает голоса и ещё 1")
    assert second.subject.startswith("Модератор отклонил ваше предложение: «Читальня»")
    again = "О той же теме снова напишем"
    assert (again in first.body, again in second.body) == (True, False)
