"""Do these ids fit? Each key takes ids as they came in a request and says whether all of them are the team's own."""

from collections.abc import Callable, Iterable

from django.apps import apps
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from partners.isolation.reach import Reach

Key = Callable[[Reach, Iterable[object]], bool]


def own_page(reach: Reach, ids: Iterable[object]) -> bool:
    return _all_found(Page, ids, reach.own_pages())


def linkable_page(reach: Reach, ids: Iterable[object]) -> bool:
    return _all_found(Page, ids, reach.linkable_pages())


def explorable_page(reach: Reach, ids: Iterable[object]) -> bool:
    return _all_found(Page, ids, reach.explorable_pages())


def own_picture(reach: Reach, ids: Iterable[object]) -> bool:
    return _all_found(get_image_model(), ids, reach.own_files())


def own_document(reach: Reach, ids: Iterable[object]) -> bool:
    return _all_found(get_document_model(), ids, reach.own_files())


def own_revision(reach: Reach, ids: Iterable[object]) -> bool:
    return _pages_of(reach, Revision, ids, "object_id")


def own_task_state(reach: Reach, ids: Iterable[object]) -> bool:
    return _pages_of(reach, TaskState, ids, "workflow_state__object_id")


def own_workflow_state(reach: Reach, ids: Iterable[object]) -> bool:
    return _pages_of(reach, WorkflowState, ids, "object_id")


def own_translation(reach: Reach, ids: Iterable[object]) -> bool:
    """The page that is translated and every translation of it must be theirs."""
    return _families(reach, Translation, ids, "source__object_id")


def own_translation_source(reach: Reach, ids: Iterable[object]) -> bool:
    return _families(reach, TranslationSource, ids, "object_id")


def own_thing(reach: Reach, app_label: str, model_name: str, pk: object) -> bool:
    """A page, picture or document named by its model; anything else is nobody's."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        return False
    if issubclass(model, Page):
        return own_page(reach, [pk])
    keys = {get_image_model(): own_picture, get_document_model(): own_document}
    return model in keys and keys[model](reach, [pk])


def _all_found(model: type, ids: Iterable[object], condition: Q) -> bool:
    numbers = _numbers(ids)
    if numbers is None:
        return False
    return model._default_manager.filter(condition, pk__in=numbers).count() == len(numbers)  # type: ignore[attr-defined]


def _pages_of(reach: Reach, model: type, ids: Iterable[object], field: str) -> bool:
    numbers = _numbers(ids)
    if numbers is None:
        return False
    rows = model._default_manager.filter(pk__in=numbers)  # type: ignore[attr-defined]
    pages = list(rows.values_list(field, flat=True))
    return len(pages) == len(numbers) and own_page(reach, set(pages))


def _families(reach: Reach, model: type, ids: Iterable[object], field: str) -> bool:
    numbers = _numbers(ids)
    if numbers is None:
        return False
    rows = model._default_manager.filter(pk__in=numbers)  # type: ignore[attr-defined]
    families = list(rows.values_list(field, flat=True))
    pages = set(Page.objects.filter(translation_key__in=families).values_list("pk", flat=True))
    return len(families) == len(numbers) and bool(pages or not numbers) and own_page(reach, pages)


def _numbers(ids: Iterable[object]) -> set[int] | None:
    """None if one of them is no number."""
    texts = {str(pk) for pk in ids}
    return {int(text) for text in texts} if all(t.isascii() and t.isdigit() and len(t) < 19 for t in texts) else None
