from io import BytesIO
from itertools import count

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Collection

from accounts.models import User
from common.models import Picture
from partners.models import Partner

numbers = count(1)


def make_picture(
    title: str = "",
    *,
    size: tuple[int, int] = (1200, 900),
    partner: Partner | None = None,
    by: User | None = None,
    name: str = "",
) -> Picture:
    """A saved picture of one colour, a different one each time, in the partner's collection or in the network's."""
    number = next(numbers)
    written = BytesIO()
    Image.new("RGB", size, ((number * 37) % 256, 110, 90)).save(written, "JPEG")
    written.seek(0)
    return Picture.objects.create(
        title=title or f"Picture {number}",
        file=ImageFile(written, name=name or f"picture-{number}.jpg"),
        collection=partner.collection if partner else Collection.get_first_root_node(),
        uploaded_by_user=by,
    )
