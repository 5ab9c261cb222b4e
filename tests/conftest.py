"""What every test may ask for."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real chat exports, texts and faces that lie beside a developer's checkout and are never committed."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real data is not beside this checkout")
    return folder
