"""Makes the demo city larger in bulk: `python bench/grow.py 100` leaves a hundred times its partners and news.

Every copy is a thing of its own: pages in each language, partner, feed item, directory entry, links to topics and
categories. `manage.py rebuild_index` has to follow.
"""

import copy
import sys
import time
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django.db.models.sql import InsertQuery  # noqa: E402
from wagtail.models import Collection, Page, Workflow  # noqa: E402

from news.models import FeedItem, NewsPage  # noqa: E402
from partners.models import DirectoryEntry, Partner, PartnerPage  # noqa: E402

BATCH = 500


class Numbers:
    """Primary keys that nobody has yet, by table."""

    def __init__(self) -> None:
        self.last: dict[type[models.Model], int] = {}

    def next(self, model: type[models.Model]) -> int:
        if model not in self.last:
            self.last[model] = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self.last[model] += 1
        return self.last[model]

    def tell_the_database(self) -> None:
        with connection.cursor() as cursor:
            for model, last in self.last.items():
                table, column = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, last])


class Growth:
    """Copies by table, so that each table is written once."""

    def __init__(self) -> None:
        self.numbers = Numbers()
        self.rows: dict[type[models.Model], list[models.Model]] = {}
        self.children: dict[str, int] = {}

    def add(self, row: models.Model, model: type[models.Model] | None = None) -> None:
        self.rows.setdefault(model or type(row), []).append(row)

    def copy(self, row: Any, **changes: Any) -> Any:
        twin = copy.copy(row)
        twin._state = copy.copy(row._state)
        twin.pk = self.numbers.next(type(row))
        for name, value in changes.items():
            setattr(twin, name, value)
        self.add(twin)
        return twin

    def page(self, page: Any, parent: Page, number: int, **changes: Any) -> Any:
        """Under this parent, with its rows in both tables and its links to words."""
        twin = copy.copy(page)
        twin.pk = twin.id = twin.page_ptr_id = self.numbers.next(Page)
        twin.path = Page._get_path(parent.path, parent.depth + 1, self._step(parent))
        twin.depth, twin.numchild = parent.depth + 1, 0
        twin.slug = f"{page.slug}-{number}"
        twin.url_path = f"{parent.url_path}{twin.slug}/"
        twin.translation_key = uuid.uuid5(page.translation_key, str(number))
        twin.title = twin.draft_title = f"{page.title} {number}"
        twin.latest_revision_id = twin.live_revision_id = None
        for name, value in changes.items():
            setattr(twin, name, value)
        parent.numchild += 1
        self.add(twin, Page)
        self.add(twin, type(page))
        self._links(page, twin)
        return twin

    def _step(self, parent: Page) -> int:
        if parent.path not in self.children:
            last = parent.get_last_child() if parent._state.db and parent.numchild else None
            self.children[parent.path] = Page._str2int(last.path[-Page.steplen :]) if last else 0
        self.children[parent.path] += 1
        return self.children[parent.path]

    def _links(self, page: Any, twin: Any) -> None:
        for field in type(page)._meta.local_many_to_many:
            through = field.remote_field.through
            mine = field.m2m_column_name()
            for row in through._base_manager.filter(**{mine: page.pk}):
                self.copy(row, **{mine: twin.pk})

    def write(self) -> None:
        order = [Collection, Workflow, Partner, Page, PartnerPage, NewsPage]
        for model in [*order, *(model for model in self.rows if model not in order)]:
            _insert(model, self.rows.get(model, []))
        self.numbers.tell_the_database()


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    for start in range(0, len(rows), BATCH):
        query = InsertQuery(model)
        query.insert_values(model._meta.local_concrete_fields, rows[start : start + BATCH], raw=True)
        query.get_compiler(connection=connection).execute_sql()


def grow(times: int) -> None:
    growth = Growth()
    partner_pages = list(PartnerPage.objects.filter(live=True))
    news = list(NewsPage.objects.filter(live=True).order_by("path"))
    feed = {item.page_id: item for item in FeedItem.objects.all()}
    directory = {entry.page_id: entry for entry in DirectoryEntry.objects.all()}
    parents = {page.path: page for page in Page.objects.all()}
    root = Collection.get_first_root_node()
    for number in range(1, times):
        partners = _copy_partners(growth, root, number)
        twins = _copy_partner_pages(growth, partner_pages, partners, directory, parents, number)
        _copy_news(growth, news, twins, partners, feed, parents, number)
    growth.write()
    Page.objects.bulk_update([p for p in parents.values() if p.path in growth.children], ["numchild"], batch_size=BATCH)
    Collection.fix_tree()


def _copy_partners(growth: Growth, root: Any, number: int) -> dict[int, Any]:
    twins = {}
    for partner in Partner.objects.select_related("collection", "workflow"):
        step = growth.children.setdefault("collections", Collection._str2int(root.get_last_child().path[-4:])) + 1
        growth.children["collections"] = step
        collection = growth.copy(partner.collection, path=Collection._get_path(root.path, 2, step), numchild=0)
        workflow = growth.copy(partner.workflow)
        slug = f"{partner.slug}-{number}"[:80]
        twins[partner.pk] = growth.copy(partner, slug=slug, collection_id=collection.pk, workflow_id=workflow.pk)
    return twins


def _copy_partner_pages(
    growth: Growth, pages: Sequence[Any], partners: dict[int, Any], directory: dict[int, Any], parents: Any, number: int
) -> dict[str, Any]:
    twins = {}
    for page in pages:
        parent = parents[page.path[: -Page.steplen]]
        twin = growth.page(page, parent, number, partner_id=partners[page.partner_id].pk)
        twins[page.path] = twin
        if page.pk in directory:
            entry = directory[page.pk]
            growth.copy(
                entry,
                page_id=twin.pk,
                translation_key=twin.translation_key,
                sort_key=f"{entry.sort_key} {number}",
            )
    return twins


def _copy_news(
    growth: Growth,
    news: Sequence[Any],
    twins: dict[str, Any],
    partners: dict[int, Any],
    feed: dict[int, Any],
    parents: Any,
    number: int,
) -> None:
    earlier = timedelta(days=number)
    for page in news:
        above = page.path[: -Page.steplen]
        parent = twins.get(above) or parents[above]
        moment = page.first_published_at - earlier if page.first_published_at else None
        twin = growth.page(page, parent, number, first_published_at=moment)
        item = feed.get(page.pk)
        if item:
            partner = partners[item.partner_id].pk if item.partner_id else None
            growth.copy(
                item,
                page_id=twin.pk,
                partner_id=partner,
                translation_key=twin.translation_key,
                published_at=item.published_at - earlier,
                pinned_until=None,
            )


if __name__ == "__main__":
    begun = time.monotonic()
    with transaction.atomic():
        grow(int(sys.argv[1]))
    print(
        f"{Partner.objects.count()} partners, {PartnerPage.objects.count()} partner pages, "
        f"{NewsPage.objects.count()} news pages in {time.monotonic() - begun:.0f} s"
    )
