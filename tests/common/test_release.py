import os

from common import release


def test_fingerprint_changes_with_a_file_that_shapes_pages(settings, tmp_path):
    settings.ROOT = tmp_path
    page = tmp_path / "templates" / "home.html"
    page.parent.mkdir()
    page.write_text("one")
    before = release.fingerprint.__wrapped__()

    page.write_text("two")
    os.utime(page, ns=(1, 1))

    assert release.fingerprint.__wrapped__() != before


def test_fingerprint_is_read_once():
    assert release.fingerprint() is release.fingerprint()
