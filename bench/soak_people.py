"""What people and moderators do on the board while it is soaked, by plain HTTP, and what was answered."""

import random
import re
import secrets
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from bench.run import HOST

OUTCOMES = DONE, REFUSED, UNKNOWN, FAILED = "done", "refused", "unknown", "failed"
PATIENCE = 25  # times that a form is sent again, while nobody answers
BOARDS = ("open", "open", "other", "held")
KINDS = ("discussion", "question", "experience")
STEPS = ("checked", "collecting", "review", "accepted", "declined", "doing")
Form = dict[str, object]


@dataclass(frozen=True)
class Answer:
    status: int
    location: str = ""
    body: str = ""

    @property
    def outcome(self) -> str:
        if self.status == 0:
            return UNKNOWN
        if self.status >= 500:
            return FAILED
        return DONE if self.status in {301, 302} else REFUSED

    def named(self, pattern: str, text: str = "") -> int:
        match = re.search(pattern, text or self.location)
        return int(match[1]) if match else 0


class Browser:
    """One person's, on one connection. Where nobody answers, the answer has no status."""

    def __init__(self, port: int, cookie: str) -> None:
        token = secrets.token_hex(16)
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{HOST}/",
            "Cookie": f"{cookie}; __Host-csrf={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, path: str, form: Form | None = None) -> Answer:
        body = None if form is None else urlencode(form, doseq=True)
        try:
            self.connection.request("GET" if body is None else "POST", f"/ru/forum/{path}", body, self.headers)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.getheader("Location") or "", answer.read().decode(errors="replace"))
        except (OSError, HTTPException):
            self.connection.close()
            time.sleep(0.3)
            return Answer(0)


@dataclass
class Written:
    """A post by its mark, which no other post bears. ``outcomes``: of each time that its form was sent."""

    marker: str
    post: int = 0
    outcomes: set[str] = field(default_factory=set)
    acknowledged_edit: int = 0
    last_edit: int = 0


@dataclass
class World:
    """What everybody knows of the board. ``culprit``: whom moderators silence; ``stopped`` ends it all."""

    culprit: int
    stopped: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    topics: list[int] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    proposals: list[int] = field(default_factory=list)
    posts: list[int] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    asked_to_go: set[int] = field(default_factory=set)
    removes_by_desk: bool = False  # then nobody knows which
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def note(self, deed: str, outcome: str, answer: Answer | None = None) -> None:
        with self.lock:
            self.counts[deed, outcome] += 1
            if outcome == FAILED and answer:
                self.failures.append(f"{deed}: answered {answer.status}")


class Person:
    deeds: Sequence[tuple[str, int]] = ()

    def __init__(self, world: World, port: int, cookie: str, seed: str) -> None:
        self.world, self.random = world, random.Random(seed)
        self.browser, self.second = Browser(port, cookie), Browser(port, cookie)
        self.mine: list[Written] = []

    def live(self) -> None:
        names, weights = zip(*self.deeds, strict=True)
        while not self.world.stopped.is_set():
            getattr(self, self.random.choices(names, weights)[0])()
            time.sleep(self.random.uniform(0, 0.1))

    def one_of(self, things: Sequence[int]) -> int:
        """More often than not one of the newest, so that many meet at the same ones."""
        with self.world.lock:
            known = list(things)
        near = known[-6:] if self.random.random() < 0.6 else known
        return self.random.choice(near) if near else 0

    def do(self, deed: str, path: str, /, **form: object) -> Answer:
        answer = self.browser.ask(path, form)
        self.world.note(deed, answer.outcome, answer)
        return answer

    # --- writing --------------------------------------------------------------------------------------------------
    def write(self, deed: str, path: str, form: Callable[[str], Form], *, twice: bool = False) -> Written:
        """Sent again with the same ticket while nobody answers, as a patient person would."""
        written = Written(f"m{uuid.UUID(int=self.random.getrandbits(128)).hex}")
        sent = form(written.marker) | {"ticket": str(uuid.uuid4())}
        posts: set[int] = set()
        for _ in range(PATIENCE):
            answers = self._both(path, sent) if twice else [self.browser.ask(path, sent)]
            written.outcomes |= {answer.outcome for answer in answers}
            posts |= {answer.named(r"/posts/(\d+)/") for answer in answers if answer.outcome == DONE}
            if UNKNOWN not in {answer.outcome for answer in answers} or self.world.stopped.is_set():
                break
            time.sleep(0.5)
        outcome = next(one for one in (DONE, FAILED, UNKNOWN, REFUSED) if one in written.outcomes)
        self.world.note(deed, outcome, next((one for one in answers if one.outcome == FAILED), None))
        self._remember(written, posts)
        return written

    def _both(self, path: str, form: Form) -> list[Answer]:
        with ThreadPoolExecutor(2) as threads:
            return list(threads.map(lambda browser: browser.ask(path, form), (self.browser, self.second)))

    def _remember(self, written: Written, posts: set[int]) -> None:
        with self.world.lock:
            self.world.written.append(written)
            if len(posts) > 1:
                self.world.failures.append(f"one form made the posts {sorted(posts)}")
        if posts:
            written.post = min(posts)
            self.mine.append(written)
            with self.world.lock:
                self.world.posts.append(written.post)

    def text(self, marker: str) -> str:
        called = f" @citizen{self.random.randrange(8)}" if self.random.random() < 0.2 else ""
        return f"Слово {marker}{called}, и ещё немного о том же."

    def topic_of(self, post: int) -> int:
        return self.browser.ask(f"posts/{post}/").named(r"/topics/(\d+)/")


class Citizen(Person):
    deeds = (
        ("reply", 30),
        ("reply_twice", 8),
        ("start", 7),
        ("propose", 4),
        ("support", 14),
        ("react", 8),
        ("edit", 8),
        ("read", 14),
        ("report", 4),
        ("take_back", 3),
        ("follow", 3),
    )

    def reply(self, *, twice: bool = False) -> None:
        if topic := self.one_of(self.world.topics + self.world.proposals):
            name = "reply, sent twice at once" if twice else "reply"
            self.write(name, f"topics/{topic}/reply/", lambda marker: {"text": self.text(marker)}, twice=twice)
        else:
            self.start()

    def reply_twice(self) -> None:
        self.reply(twice=True)

    def start(self) -> None:
        kind, board = self.random.choice(KINDS), self.random.choice(BOARDS)
        said = {"title": f"Тема {self.random.randrange(10**6)}", "tags": "проба", "kind": kind}
        form: Callable[[str], Form] = lambda marker: {"text": self.text(marker), **said}  # noqa: E731
        written = self.write("start a topic", f"{board}/new/", form, twice=self.random.random() < 0.2)
        if written.post and (topic := self.topic_of(written.post)):
            with self.world.lock:
                self.world.topics.append(topic)
                self.world.questions += [topic] if kind == "question" else []

    def propose(self) -> None:
        said = {"title": f"Предложение {self.random.randrange(10**6)}", "problem": "Плохо", "benefits": "Всем"}
        form: Callable[[str], Form] = lambda marker: {"proposal": self.text(marker), **said}  # noqa: E731
        written = self.write("propose", f"{self.random.choice(BOARDS[:3])}/propose/", form)
        if written.post and (topic := self.topic_of(written.post)):
            with self.world.lock:
                self.world.proposals.append(topic)

    def support(self) -> None:
        if proposal := self.one_of(self.world.proposals):
            on = self.random.random() < 0.7
            deed = "support" if on else "take support back"
            self.do(deed, f"proposals/{proposal}/support/", support="on" if on else "off")

    def react(self) -> None:
        if post := self.one_of(self.world.posts):
            self.do("react", f"posts/{post}/react/", reaction=self.random.choice(("useful", "useful", "-useful")))

    def edit(self) -> None:
        known = [one for one in self.mine if one.post]
        if not known:
            return
        one = self.random.choice(known)
        one.last_edit += 1
        text = f"Слово {one.marker}, правка {one.last_edit}."
        title = f"Тема {self.random.randrange(10**6)}"
        answer = self.do("edit", f"posts/{one.post}/edit/", text=text, title=title, tags="проба")
        if answer.named(r"/posts/(\d+)/"):  # a proposal's own words have another form
            one.acknowledged_edit = one.last_edit

    def read(self) -> None:
        if topic := self.one_of(self.world.topics + self.world.proposals):
            answer = self.browser.ask(f"topics/{topic}/?page={self.random.choice(('1', '99'))}")
            self.world.note("read", DONE if answer.status in {200, 301} else answer.outcome, answer)

    def report(self) -> None:
        if post := self.one_of(self.world.posts):
            self.do("report", f"posts/{post}/report/", ground="spam", words="Посмотрите")

    def take_back(self) -> None:
        if self.mine:
            post = self.random.choice(self.mine).post
            self.world.asked_to_go.add(post)
            self.do("take back", f"posts/{post}/remove/", reason="")

    def follow(self) -> None:
        if topic := self.one_of(self.world.topics):
            self.do("follow", "watch/", of=f"topic:{topic}", mode=self.random.choice(("watch", "mute", "")))


class Moderator(Person):
    deeds = (
        ("decide", 24),
        ("merge", 8),
        ("split", 8),
        ("move", 6),
        ("arrange", 8),
        ("remove", 5),
        ("restore", 6),
        ("step", 16),
        ("merge_proposals", 3),
        ("accept", 4),
        ("silence", 2),
        ("lift", 2),
    )

    def decide(self) -> None:
        cases = re.findall(r'id="case-(\d+)"', self.browser.ask("desk/").body)
        if cases:
            deed = self.random.choice(("approve", "approve", "approve", "keep", "remove"))
            self.world.removes_by_desk |= deed == "remove"
            self.do("decide on the desk", f"desk/{self.random.choice(cases)}/", deed=deed, ground="spam", reason="")

    def merge(self) -> None:
        one, other = self.one_of(self.world.topics), self.one_of(self.world.topics)
        if one and one != other:
            self.do("merge", f"topics/{one}/merge/", into=other, sure="1", reason="")

    def split(self) -> None:
        if topic := self.one_of(self.world.topics):
            numbers = self.random.sample(range(2, 6), self.random.choice((1, 1, 2, 3)))
            title, board = f"Отдельно {self.random.randrange(10**6)}", self.random.choice(BOARDS)
            answer = self.do("split", f"topics/{topic}/split/", post=numbers, title=title, board=board, reason="")
            if new := answer.named(r"/topics/(\d+)/"):
                with self.world.lock:
                    self.world.topics.append(new)

    def move(self) -> None:
        if topic := self.one_of(self.world.topics + self.world.proposals):
            self.do("move", f"topics/{topic}/arrange/", board=self.random.choice(BOARDS))

    def arrange(self) -> None:
        if topic := self.one_of(self.world.topics):
            word = self.random.choice(({"state": "locked"}, {"state": "open"}, {"pin": "board"}, {"pin": "none"}))
            self.do("lock, open or pin", f"topics/{topic}/arrange/", **word)
            if word == {"state": "locked"}:
                self.do("lock, open or pin", f"topics/{topic}/arrange/", state="open")

    def remove(self) -> None:
        if post := self.one_of(self.world.posts):
            self.world.asked_to_go.add(post)
            self.do("remove", f"posts/{post}/remove/", ground="spam", reason="")

    def restore(self) -> None:
        with self.world.lock:
            gone = list(self.world.asked_to_go)
        if gone:
            self.do("restore", f"posts/{self.random.choice(gone)}/restore/")

    def step(self) -> None:
        if proposal := self.one_of(self.world.proposals):
            status = self.random.choice(STEPS)
            self.do("step", f"proposals/{proposal}/handle/", do="step", status=status, note="Потому что")

    def merge_proposals(self) -> None:
        one, other = self.one_of(self.world.proposals), self.one_of(self.world.proposals)
        if one and one != other:
            self.do("merge proposals", f"proposals/{one}/handle/", do="merge", into=other, note="")

    def accept(self) -> None:
        if post := self.one_of(self.world.posts):
            self.do("accept an answer", f"posts/{post}/accept/", **self.random.choice([{}, {"off": "1"}]))

    def silence(self) -> None:
        person = self.world.culprit
        said = {"penalty": "silence", "days": "1", "ground": "spam", "reason": "Довольно"}
        self.do("silence", f"desk/people/{person}/sanction/", **said)

    def lift(self) -> None:
        page = self.browser.ask(f"desk/people/{self.world.culprit}/").body
        found = re.findall(r"sanctions/(\d+)/lift/", page)
        if found:
            self.do("lift", f"desk/sanctions/{self.random.choice(found)}/lift/")


def everybody(people: Sequence[Person]) -> Sequence[threading.Thread]:
    threads = [threading.Thread(target=person.live, daemon=True) for person in people]
    for thread in threads:
        thread.start()
    return threads
