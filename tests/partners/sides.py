"""Two partners with everything in the CMS that one could leak to the other."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from accounts.models import User
from news.models import NewsPage, RelatedLink
from partners.actions import add_member
from partners.enums import Role
from partners.models import Partner
from tests.factories import make_document, make_news, make_partner, make_picture, make_user


@dataclass
class Side:
    """One partner. What must not leave its team bears the mark; what the public may read doesn't."""

    partner: Partner
    mark: str
    team: dict[str, User]
    things: dict[str, list[Any]] = field(default_factory=dict)

    def ids(self, kind: str) -> list[int]:
        return [thing.pk for thing in self.things[kind]]

    def add(self, kind: str, *things: Model) -> None:
        self.things.setdefault(kind, []).extend(things)


def make_side(slug: str, mark: str) -> Side:
    partner = make_partner(f"Organisation {slug}", slug=slug)
    partner.legal_name, partner.tax_number = f"{mark} legal", f"{mark} tax"
    partner.contact_person, partner.contact_email = f"{mark} contact", f"{mark}@contact.example"
    partner.save()
    team = {role.value: make_user(f"{mark}-{role}@example.org", display_name=f"{mark} {role}") for role in Role}
    for role, person in team.items():
        add_member(partner, person, Role(role))
    side = Side(partner, mark, team)
    _write_pages(side)
    _upload_files(side)
    _work_on_pages(side)
    _translate(side)
    _gather_rows(side)
    return side


def _write_pages(side: Side) -> None:
    partner, mark, owner = side.partner, side.mark, side.team["owner"]
    live = make_news(f"Opening of {partner.slug}", partner=partner, owner=owner)
    live.title, live.lead = f"{mark} unpublished edit", f"{mark} unpublished lead"
    live.save_revision(user=owner, log_action=True)
    draft = make_news(f"{mark} draft", slug=f"{mark}-draft", partner=partner, publish=False, owner=side.team["author"])
    hidden = make_news(f"Once at {partner.slug}", partner=partner, owner=owner)
    hidden.unpublish(user=owner)
    hidden.title = f"{mark} renamed while offline"
    hidden.save_revision(user=owner, log_action=True)
    private = make_news(f"{mark} private", slug=f"{mark}-private", partner=partner, owner=owner)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    later = make_news(f"{mark} scheduled", slug=f"{mark}-scheduled", partner=partner, publish=False, owner=owner)
    later.go_live_at = timezone.now() + timedelta(days=2)
    later.save_revision(user=owner, approved_go_live_at=later.go_live_at)
    side.add("page", partner.pages.get(), live, draft, hidden, private, later)
    side.add("live", live)
    side.add("draft", draft)


def _upload_files(side: Side) -> None:
    mark, owner = side.mark, side.team["owner"]
    picture = make_picture(f"{mark} picture", partner=side.partner, by=owner, name=f"{mark}.jpg", size=(16, 12))
    picture.tags.add(f"{mark} tag")
    side.add("picture", picture)
    side.add("document", make_document(f"{mark} paper", partner=side.partner, by=owner, name=f"{mark}.txt"))
    upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(picture),
        file=ContentFile(b"half", name=f"{mark}-upload.jpg"),
        uploaded_by_user=owner,
    )
    side.add("upload", upload)
    draft = NewsPage.objects.get(pk=side.ids("draft")[0])
    draft.cover = picture
    draft.tags.add(f"{mark} word")
    draft.save_revision(user=side.team["author"], log_action=True)
    draft.save()


def _work_on_pages(side: Side) -> None:
    mark, owner, author = side.mark, side.team["owner"], side.team["author"]
    live, draft = side.things["live"][0], NewsPage.objects.get(pk=side.ids("draft")[0])
    side.partner.workflow.start(draft, author)
    side.add("comment", Comment.objects.create(page=live, user=owner, text=f"{mark} comment", contentpath="title"))
    locked = make_news(f"{mark} locked", slug=f"{mark}-locked", partner=side.partner, publish=False, owner=owner)
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=owner, locked_at=timezone.now())
    side.add("page", locked)
    side.add("redirect", Redirect.objects.create(old_path=f"/{mark}-old", redirect_page=live))
    side.add(
        "session",
        EditingSession.objects.create(
            user=owner,
            content_type=ContentType.objects.get_for_model(NewsPage),
            object_id=str(draft.pk),
            last_seen_at=timezone.now(),
        ),
    )
    ModelLogEntry.objects.log_action(side.things["picture"][0], "wagtail.edit", user=owner, title=f"{mark} picture log")


def _translate(side: Side) -> None:
    english = Locale.objects.get(language_code="en")
    page = make_news(f"Guide of {side.partner.slug}", partner=side.partner, owner=side.team["owner"])
    translate_object(page, [english], user=side.team["owner"])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = StringSegment.objects.filter(source=translation.source, context__path="title").get()
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=english,
        data=f"{side.mark} translation",
        last_translated_by=side.team["owner"],
    )
    side.add("translation", translation)
    side.add("source", translation.source, *TranslationSource.objects.filter(pk=translation.source_id))
    side.add("segment", segment)
    side.add("page", page, page.get_translation(english), side.partner.pages.get(locale=english))


def _gather_rows(side: Side) -> None:
    pages = [str(pk) for pk in side.ids("page")]
    side.add("revision", *Revision.objects.filter(object_id__in=pages).order_by("pk"))
    side.add("workflow_state", *WorkflowState.objects.filter(object_id__in=pages))
    side.add("task_state", *TaskState.objects.filter(workflow_state__in=side.things["workflow_state"]))
    side.add("task", *side.partner.workflow.tasks.all())
    side.add("workflow", side.partner.workflow)
    side.add("collection", side.partner.collection)
    side.add("log", *PageLogEntry.objects.filter(page__in=pages))
    side.add("group", *(g.group for g in side.partner.groups.all()))
    side.add("person", *side.team.values())
    side.add("partner", side.partner)


def link(page: NewsPage, target: Page) -> None:
    """A page of one refers to a public page of the other, as people do."""
    RelatedLink.objects.create(page=page, target=target)
    page = NewsPage.objects.get(pk=page.pk)
    revision = page.save_revision()
    if page.live:
        revision.publish()


def rows_of(side: Side) -> dict[str, Any]:
    """Everything that is stored of them, to compare later."""
    found: dict[str, Any] = {}
    for things in side.things.values():
        for model in {type(thing) for thing in things}:
            pks = [thing.pk for thing in things if type(thing) is model]
            found.setdefault(model._meta.label, []).extend(
                model._base_manager.filter(pk__in=pks).order_by("pk").values()
            )
    below = Page.objects.none()
    for page in side.partner.pages.all():
        below |= Page.objects.descendant_of(page)
    found["below"] = sorted(below.values_list("pk", flat=True))
    found["tags"] = sorted(side.things["picture"][0].tags.names())
    return found
