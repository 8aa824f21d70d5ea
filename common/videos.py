"""Videos of the hosts we trust to be embedded. Nothing is asked of them before somebody presses play.

Read by the settings too (frame-src), so it imports nothing of Django.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

FRAME_HOSTS = ("https://www.youtube-nocookie.com", "https://rutube.ru", "https://vk.com", "https://vkvideo.ru")
NAMES = ("YouTube", "Rutube", "VK Video")

YOUTUBE_ID = re.compile(r"[\w-]{11}")
RUTUBE_PATH = re.compile(r"/(?:video|play/embed|shorts)/([0-9a-f]{32}|\d{1,12})/?")
VK_PATH = re.compile(r"/(?:video|clip)(-?\d{1,12})_(\d{1,12})/?")


@dataclass(frozen=True)
class Video:
    host: str
    embed_url: str


def find_video(url: str) -> Video | None:
    """The video that an address of one of the hosts leads to; nothing for any other address."""
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"}:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in {"youtube.com", "youtube-nocookie.com", "youtu.be"}:
        return _youtube(host, parts.path, parts.query)
    if host == "rutube.ru":
        return _rutube(parts.path)
    if host in {"vk.com", "vk.ru", "vkvideo.ru"}:
        return _vk(parts.path, parts.query)
    return None


def _youtube(host: str, path: str, query: str) -> Video | None:
    steps = [step for step in path.split("/") if step]
    if host == "youtu.be" and steps:
        found = steps[0]
    elif steps[:1] == ["watch"]:
        found = parse_qs(query).get("v", [""])[0]
    elif len(steps) == 2 and steps[0] in {"embed", "shorts", "live"}:
        found = steps[1]
    else:
        return None
    return Video("YouTube", f"{FRAME_HOSTS[0]}/embed/{found}") if YOUTUBE_ID.fullmatch(found) else None


def _rutube(path: str) -> Video | None:
    match = RUTUBE_PATH.fullmatch(path)
    return Video("Rutube", f"{FRAME_HOSTS[1]}/play/embed/{match[1]}") if match else None


def _vk(path: str, query: str) -> Video | None:
    """A channel's page names the video in its query, vk.com/video/@name?z=video-1_2; the player, in its oid and id."""
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    shown = asked.get("z", "").split("/")[0] or f"video{asked.get('oid', '')}_{asked.get('id', '')}"
    match = VK_PATH.fullmatch(path) or VK_PATH.fullmatch(f"/{shown}")
    return Video("VK Video", f"{FRAME_HOSTS[2]}/video_ext.php?oid={match[1]}&id={match[2]}") if match else None
