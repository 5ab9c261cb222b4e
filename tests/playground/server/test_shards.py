"""A bot identifies as a shard as on Discord."""

import pytest

from playground.server.shards import ONLY_SHARD, read_shard


def test_a_bot_that_names_no_shard_has_them_all() -> None:
    assert read_shard(None) == ONLY_SHARD
    assert ONLY_SHARD.has("1529000000000000000")


@pytest.mark.parametrize("given", [[2, 2], [0, 0], [-1, 4], [1], "0/2", [True, "2"]])
def test_a_shard_that_there_is_not_is_none(given: object) -> None:
    assert read_shard(given) is None
