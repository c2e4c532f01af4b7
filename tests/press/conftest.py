"""Each test gets an empty project of its own."""

import pytest
from tiny import Project


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)
