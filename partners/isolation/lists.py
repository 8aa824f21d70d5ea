"""What Wagtail lists, narrowed to what a team may see. Wired to Wagtail's hooks in partners/wagtail_hooks.py."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from taggit.models import Tag
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry

from common.parameters import parameter
from partners.isolation.reach import NOTHING, within


def people_at_work(request: HttpRequest) -> QuerySet:
    """Owners of the pages that the person may work on."""
    owners = within(request.user, Page.objects.order_by()).values("owner")
    return get_user_model().objects.filter(pk__in=owners)


def people_who_edited(request: HttpRequest) -> QuerySet:
    pages = within(request.user, Page.objects.order_by()).values("pk")
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=pages)
    return get_user_model().objects.filter(pk__in=edits.values("user"))


class PageFilters(GenericPageFilterSet):
    owner = MultipleUserFilter(
        label=GenericPageFilterSet.base_filters["owner"].label,
        queryset=people_at_work,
        widget=GenericPageFilterSet.base_filters["owner"].extra["widget"],
    )
    edited_by = EditedByFilter(
        label=GenericPageFilterSet.base_filters["edited_by"].label,
        queryset=people_who_edited,
        widget=GenericPageFilterSet.base_filters["edited_by"].extra["widget"],
    )


class Explorer(ExplorableIndexView):
    base_filterset_class = PageFilters


class PageViews(PageViewSet):
    """Wagtail's views of every page type, the explorer with filters that name nobody of another team."""

    model = Page
    index_view_class = Explorer
    filterset_class = PageFilters


def linkable_pages(pages: QuerySet, request: HttpRequest) -> QuerySet:
    return within(request.user, pages, linkable=True)


def suggest_tags(request: HttpRequest, **names: str) -> JsonResponse:
    """Instead of Wagtail's: tags of what the person may see. Others may stand on another partner's drafts."""
    term = parameter(request, "term")
    tags = Tag.objects.filter(_in_sight(request), name__istartswith=term) if term else Tag.objects.none()
    return JsonResponse(list(tags.order_by("name").values_list("name", flat=True).distinct()[:10]), safe=False)


def _in_sight(request: HttpRequest) -> Q:
    pages = within(request.user, Page.objects.order_by(), linkable=True).values("pk")
    found = NOTHING
    for relation in Tag._meta.related_objects:
        tagging = relation.related_model
        tagged = {field.name: field.related_model for field in tagging._meta.get_fields()}.get("content_object")
        if tagged and issubclass(tagged, Page):
            found |= Q(pk__in=tagging._default_manager.filter(content_object__in=pages).values("tag"))
    return found
