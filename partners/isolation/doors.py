"""Every address of the CMS that a partner's team may open, and the ids in it that must be theirs.

What is not in this table is closed to them, so a view that comes with a new version of Wagtail stays shut until
somebody has looked at it. Wagtail's own permissions are asked after this, behind the door.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from partners.isolation.keys import (
    Key,
    explorable_page,
    linkable_page,
    own_document,
    own_page,
    own_picture,
    own_revision,
    own_task_state,
    own_thing,
    own_translation,
    own_translation_source,
    own_workflow_state,
)
from partners.isolation.reach import Reach

Lock = Callable[[Reach, HttpRequest, Mapping[str, Any]], bool]


def in_path(key: Key, *names: str) -> Lock:
    """The ids that the address itself holds; words like `latest` are no ids."""

    def fits(reach: Reach, request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
        ids = [kwargs[name] for name in names if name in kwargs]
        return key(reach, [pk for pk in ids if pk not in {"live", "earliest", "latest"}])

    return fits


def sent(key: Key, *names: str) -> Lock:
    """The ids in the query string or in a sent form; an empty value is none."""

    def fits(reach: Reach, request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
        return key(reach, [value for name in names for value in _values(request, name) if value])

    return fits


def bulk(reach: Reach, request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
    """Every chosen thing must be theirs; `all` means all in a listing, and that must be below their own page."""
    keys: dict[tuple[str, str], Key] = {
        ("wagtailcore", "page"): own_page,
        ("common", "picture"): own_picture,
        ("wagtaildocs", "document"): own_document,
    }
    key = keys.get((kwargs["app_label"].lower(), kwargs["model_name"].lower()))
    if key is None:
        return False
    ids = set(_values(request, "id"))
    above = set(_values(request, "childOf"))
    if "all" in ids and key is own_page and not (above and own_page(reach, above)):
        return False
    return key(reach, ids - {"all"}) and own_page(reach, [pk for pk in _values(request, "chooser") if pk])


def edited_thing(reach: Reach, request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
    return own_thing(reach, kwargs["app_label"], kwargs["model_name"], kwargs["object_id"])


def _values(request: HttpRequest, name: str) -> Iterator[str]:
    sources: tuple[QueryDict, QueryDict] = (request.GET, request.POST)
    for source in sources:
        yield from (str(value) for value in source.getlist(name))


PAGE = in_path(own_page, "page_id", "pk", "parent_page_id", "page_to_move_id", "destination_id")
PICTURE = in_path(own_picture, "image_id", "pk")
DOCUMENT = in_path(own_document, "document_id", "doc_id", "pk")
TRANSLATION = in_path(own_translation, "translation_id")
UPLOAD: tuple[Lock, ...] = ()  # Wagtail gives an unfinished upload to its uploader alone

DOORS: dict[str, tuple[Lock, ...]] = {
    "wagtailadmin_home": (),
    "wagtailadmin_account": (),
    "wagtailadmin_logout": (),
    "wagtailadmin_login": (),
    "wagtailadmin_password_reset": (),
    "wagtailadmin_password_reset_done": (),
    "wagtailadmin_password_reset_confirm": (),
    "wagtailadmin_password_reset_complete": (),
    "wagtailadmin_sprite": (),
    "wagtailadmin_javascript_catalog": (),
    "wagtailadmin_dismissibles": (),
    "wagtailadmin_block_preview": (),
    "wagtail_localize:javascript_catalog": (),
    # their start page
    "our_page": (),
    "write_news": (),
    # the tree
    "wagtailadmin_explore_root": (),
    "wagtailadmin_explore": (in_path(explorable_page, "parent_page_id"),),
    "wagtailadmin_explore_results": (in_path(explorable_page, "parent_page_id"),),
    "wagtailadmin_pages:search": (),
    "wagtailadmin_pages:search_results": (),
    "wagtailadmin_api:pages:listing": (sent(explorable_page, "child_of", "descendant_of"),),
    "wagtailadmin_api:pages:detail": (in_path(explorable_page, "pk"),),
    "wagtail_bulk_action": (bulk,),
    # one page
    "wagtailadmin_pages:add": (PAGE,),
    "wagtailadmin_pages:preview_on_add": (PAGE,),
    "wagtailadmin_pages:add_subpage": (PAGE,),
    "wagtailadmin_pages:choose_parent": (sent(own_page, "parent_page"),),
    "wagtailadmin_pages:edit": (PAGE, sent(own_revision, "overwrite_revision_id", "loaded_revision_id")),
    "wagtailadmin_pages:preview_on_edit": (PAGE,),
    "wagtailadmin_pages:view_draft": (PAGE,),
    "wagtailadmin_pages:usage": (PAGE,),
    "wagtailadmin_pages:delete": (PAGE,),
    "wagtailadmin_pages:unpublish": (PAGE,),
    "wagtailadmin_pages:convert_alias": (PAGE,),
    "wagtailadmin_pages:move": (PAGE, sent(own_page, "new_parent_page")),
    "wagtailadmin_pages:move_confirm": (PAGE,),
    "wagtailadmin_pages:set_page_position": (PAGE,),
    "wagtailadmin_pages:copy": (PAGE, sent(own_page, "new_parent_page")),
    "wagtailadmin_pages:lock": (PAGE,),
    "wagtailadmin_pages:unlock": (PAGE,),
    "wagtailadmin_pages:history": (PAGE,),
    "wagtailadmin_pages:history_results": (PAGE,),
    "wagtailadmin_pages:revisions_index": (PAGE,),
    "wagtailadmin_pages:revisions_view": (PAGE, in_path(own_revision, "revision_id")),
    "wagtailadmin_pages:revisions_revert": (PAGE, in_path(own_revision, "revision_id")),
    "wagtailadmin_pages:revisions_unschedule": (PAGE, in_path(own_revision, "revision_id")),
    "wagtailadmin_pages:revisions_compare": (PAGE, in_path(own_revision, "revision_id_a", "revision_id_b")),
    "wagtailadmin_pages:workflow_action": (PAGE, in_path(own_task_state, "task_state_id")),
    "wagtailadmin_pages:collect_workflow_action_data": (PAGE, in_path(own_task_state, "task_state_id")),
    "wagtailadmin_pages:confirm_workflow_cancellation": (PAGE,),
    "wagtailadmin_pages:workflow_preview": (PAGE,),
    "wagtailadmin_pages:workflow_history": (PAGE,),
    "wagtailadmin_pages:workflow_history_detail": (PAGE, in_path(own_workflow_state, "workflow_state_id")),
    "wagtailadmin_editing_sessions:ping": (edited_thing,),
    "wagtailadmin_editing_sessions:release": (),
    # choosing what to link to
    "wagtailadmin_choose_page": (),
    "wagtailadmin_choose_page_child": (in_path(linkable_page, "parent_page_id"),),
    "wagtailadmin_choose_page_search": (),
    "wagtailadmin_choose_page_chosen_multiple": (sent(linkable_page, "id"),),
    "wagtailadmin_choose_page_external_link": (),
    "wagtailadmin_choose_page_email_link": (),
    "wagtailadmin_choose_page_phone_link": (),
    "wagtailadmin_choose_page_anchor_link": (),
    "wagtailadmin_tag_autocomplete": (),
    "wagtailadmin_tag_model_autocomplete": (),
    # pictures
    "wagtailimages:index": (),
    "wagtailimages:index_results": (),
    "wagtailimages:add": (),
    "wagtailimages:edit": (PICTURE,),
    "wagtailimages:delete": (PICTURE,),
    "wagtailimages:image_usage": (PICTURE,),
    "wagtailimages:add_multiple": (),
    "wagtailimages:edit_multiple": (PICTURE,),
    "wagtailimages:delete_multiple": (PICTURE,),
    "wagtailimages:create_multiple_from_uploaded_image": UPLOAD,
    "wagtailimages:delete_upload_multiple": UPLOAD,
    "wagtailimages_chooser:choose": (),
    "wagtailimages_chooser:choose_results": (),
    "wagtailimages_chooser:chosen": (PICTURE,),
    "wagtailimages_chooser:chosen_multiple": (sent(own_picture, "id"),),
    "wagtailimages_chooser:create": (),
    "wagtailimages_chooser:select_format": (PICTURE,),
    "wagtailadmin_api:images:detail": (PICTURE,),
    # documents
    "wagtaildocs:index": (),
    "wagtaildocs:index_results": (),
    "wagtaildocs:add": (),
    "wagtaildocs:edit": (DOCUMENT,),
    "wagtaildocs:delete": (DOCUMENT,),
    "wagtaildocs:document_usage": (DOCUMENT,),
    "wagtaildocs:add_multiple": (),
    "wagtaildocs:edit_multiple": (DOCUMENT,),
    "wagtaildocs:delete_multiple": (DOCUMENT,),
    "wagtaildocs:create_multiple_from_uploaded_document": UPLOAD,
    "wagtaildocs:delete_upload_multiple": UPLOAD,
    "wagtaildocs_chooser:choose": (),
    "wagtaildocs_chooser:choose_results": (),
    "wagtaildocs_chooser:chosen": (DOCUMENT,),
    "wagtaildocs_chooser:chosen_multiple": (sent(own_document, "id"),),
    "wagtaildocs_chooser:create": (),
    "wagtailadmin_api:documents:detail": (DOCUMENT,),
    # other languages
    "wagtail_localize:submit_page_translation": (PAGE,),
    "wagtail_localize:update_translations": (in_path(own_translation_source, "translation_source_id"),),
    "wagtail_localize:edit_string_translation": (TRANSLATION,),
    "wagtail_localize:download_pofile": (TRANSLATION,),
    "wagtail_localize:upload_pofile": (TRANSLATION,),
    "wagtail_localize:machine_translate": (TRANSLATION,),
    "wagtail_localize:preview_translation": (TRANSLATION,),
    "wagtail_localize:stop_translation": (TRANSLATION,),
    "wagtail_localize:convert_to_alias": (PAGE,),
}
