from io import BytesIO
from itertools import count

from django.core.files.images import ImageFile
from PIL import Image

from common.models import Picture

numbers = count(1)


def make_picture(title: str = "", *, size: tuple[int, int] = (1200, 900)) -> Picture:
    """A saved picture of one colour, a different one each time."""
    number = next(numbers)
    written = BytesIO()
    Image.new("RGB", size, ((number * 37) % 256, 110, 90)).save(written, "JPEG")
    written.seek(0)
    return Picture.objects.create(
        title=title or f"Picture {number}", file=ImageFile(written, name=f"picture-{number}.jpg")
    )
