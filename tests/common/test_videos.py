import pytest
from django.conf import settings

from common.videos import FRAME_HOSTS, find_video

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
RUTUBE = "https://rutube.ru/play/embed/0123456789abcdef0123456789abcdef"
VK = "https://vk.com/video_ext.php?oid=-22822305&id=456241864"


@pytest.mark.parametrize(
    ("url", "embedded"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s", YOUTUBE),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", YOUTUBE),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", YOUTUBE),
        (YOUTUBE, YOUTUBE),
        ("https://rutube.ru/video/0123456789abcdef0123456789abcdef/?r=wd", RUTUBE),
        (RUTUBE, RUTUBE),
        ("https://vk.com/video-22822305_456241864", VK),
        ("https://vkvideo.ru/video-22822305_456241864", VK),
        (VK, VK),
        ("https://vk.com/video/@club?z=video-22822305_456241864%2Fpl_1", VK),
    ],
)
def test_known_addresses_are_found(url, embedded):
    video = find_video(url)

    assert video is not None
    assert video.embed_url == embedded


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
        "https://youtu.be/",
        "https://youtube.com/watch",
        "https://youtube.com/watch?v=<script>",
        "https://youtube.com/@channel",
        "https://evil-youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
        "https://rutube.ru/channel/1/",
        "https://vk.com/club1",
    ],
)
def test_other_addresses_are_not(url):
    assert find_video(url) is None


def test_only_these_hosts_may_be_framed():
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"]

    assert set(FRAME_HOSTS) <= set(allowed)
    assert {find_video(url).embed_url.split("/")[2] for url in (YOUTUBE, RUTUBE, VK)} <= {
        host.split("/")[2] for host in FRAME_HOSTS
    }
