"""What the tests of the rules share: the playbook as it ships."""

import pytest

from playbook.load import Playbook, load


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load()
