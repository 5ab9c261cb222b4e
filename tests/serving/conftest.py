"""A bundle for engines."""

from pathlib import Path

import pytest

from tests.bot.conftest import write_bundle_to


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a whole bundle that no test changes."""
    return write_bundle_to(tmp_path_factory.mktemp("bundles") / "bundle")
