"""The quota: a message once, a channel so often a minute."""

from datetime import UTC, datetime, timedelta

from bot.features.calls.quota import Quota

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def test_no_message_is_answered_twice() -> None:
    quota = Quota()
    assert quota.take(1, 100, NOON)
    assert not quota.take(1, 100, NOON)
    assert not quota.take(1, 100, NOON + timedelta(hours=1))


def test_a_channel_has_so_many_a_minute_and_others_have_their_own() -> None:
    quota = Quota(most=2)
    assert [quota.take(1, number, NOON + timedelta(seconds=number)) for number in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    assert quota.take(2, 10, NOON)
    # The first of the two is a minute ago, the second is not.
    assert quota.take(1, 11, NOON + timedelta(seconds=60))
    assert not quota.take(1, 12, NOON + timedelta(seconds=60))
    assert quota.take(1, 12, NOON + timedelta(seconds=61))


def test_what_was_refused_for_its_number_may_be_answered_later() -> None:
    quota = Quota(most=1)
    assert quota.take(1, 1, NOON)
    assert not quota.take(1, 2, NOON)
    assert quota.take(1, 2, NOON + timedelta(minutes=1))


def test_a_flood_from_many_channels_is_not_remembered_for_ever() -> None:
    quota = Quota()
    for number in range(10_000):
        assert quota.take(number, number, NOON)
    assert len(quota._answered) == len(quota._moments) == 2_000


def test_a_clock_that_is_set_back_silences_no_channel_for_longer() -> None:
    quota = Quota(most=2)
    assert all(quota.take(1, number, NOON + timedelta(days=1)) for number in range(2))
    assert not quota.take(1, 2, NOON + timedelta(days=1, seconds=1))
    assert quota.take(1, 3, NOON)
    assert quota.take(1, 4, NOON + timedelta(seconds=1))
    assert not quota.take(1, 5, NOON + timedelta(seconds=2))
