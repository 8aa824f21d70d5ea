"""Pages put in their place and published as an editor does it: by a revision."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

from accounts.models import User


def publish(page: Page, *, below: Page | None = None, by: User) -> None:
    """Validated once, when it goes live."""
    if below:
        page.live = False
        page.owner = by
        below.add_child(instance=page)
    page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)


def publish_translation(copy: Page, original: Page, language: str, *, by: User) -> None:
    """`copy` is unsaved; its parent must have been translated already."""
    copy.locale = Locale.objects.get(language_code=language)
    copy.translation_key, copy.slug = original.translation_key, original.slug
    publish(copy, below=original.get_parent().get_translation(copy.locale), by=by)


@contextmanager
def indexed_once() -> Iterator[None]:
    """The CMS indexes a page at each save, of which every page has three: here once for all, at the end."""
    models = [model for model in get_indexed_models() if issubclass(model, Page)]
    last = Page.objects.order_by("-pk").values_list("pk", flat=True).first()
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)
    for page in Page.objects.filter(pk__gt=last or 0).select_related("content_type"):
        model = page.specific_class
        for task in (insert_or_update_object_task, update_reference_index_task):
            task.enqueue(model._meta.app_label, model._meta.model_name, str(page.pk))
