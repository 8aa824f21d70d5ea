from search.engines.elasticsearch.breaker import FAILURES, REST, Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.lets_through()
        breaker.failed()
    return breaker


def test_breaker_opens_after_failures_in_a_row():
    breaker = Breaker(Clock())
    for _ in range(FAILURES - 1):
        breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert breaker.lets_through()
    assert not breaker.is_open
    assert not opened(Clock()).lets_through()


def test_one_tries_again_when_it_has_rested_and_the_others_wait():
    clock = Clock()
    breaker = opened(clock)
    clock.now = REST

    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]


def test_breaker_closes_when_the_one_succeeded_and_rests_again_when_it_failed():
    clock = Clock()
    breaker = opened(clock)
    clock.now = REST
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()

    clock.now = REST * 2
    assert breaker.lets_through()
    breaker.succeeded()

    assert (breaker.is_open, breaker.lets_through()) == (False, True)
