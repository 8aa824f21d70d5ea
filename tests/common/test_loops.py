import threading
from datetime import timedelta

from common.loops import Loop

SOON = timedelta(milliseconds=1)


def run(step) -> None:
    """Until the step says that it has ended, or five seconds are over."""
    ended = threading.Event()
    thread = threading.Thread(target=Loop("test", lambda: step(ended), SOON).run, args=[ended], daemon=True)
    thread.start()
    thread.join(timeout=5)
    assert not thread.is_alive()


def test_loop_goes_on_until_the_worker_ends():
    steps = []

    def step(ended: threading.Event) -> bool:
        steps.append(len(steps))
        if len(steps) == 5:
            ended.set()
        return len(steps) % 2 == 0

    run(step)

    assert steps == [0, 1, 2, 3, 4]


def test_loop_outlives_a_step_that_fails():
    steps = []

    def step(ended: threading.Event) -> bool:
        steps.append(len(steps))
        if len(steps) < 4:
            raise OSError
        ended.set()
        return False

    run(step)

    assert steps == [0, 1, 2, 3]
