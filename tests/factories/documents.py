from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection

from accounts.models import User
from partners.models import Partner


def make_document(
    title: str = "Документ", *, partner: Partner | None = None, by: User | None = None, name: str = "paper.txt"
) -> AbstractDocument:
    """A text in the partner's collection, or in the network's."""
    collection = partner.collection if partner else Collection.get_first_root_node()
    return get_document_model().objects.create(
        title=title, file=ContentFile(b"paper", name=name), collection=collection, uploaded_by_user=by
    )
