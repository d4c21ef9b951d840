"""Fixtures that more than one room uses."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group

from contacts.models import User


def pytest_sessionfinish(session: pytest.Session) -> None:
    """FORBID_SKIPS=1: a skipped test fails the run, so that nothing is left out unseen."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FORBID_SKIPS") == "1" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: in memory, the threads of a live server would share one transaction."""
    default = django_settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.sqlite3":
        name = str(tmp_path_factory.getbasetemp() / "test.db")
        default.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(autouse=True)
def _base_data_survives(django_db_serialized_rollback) -> None:
    """What the migrations put in is there again for each test that commits (live server)."""


@pytest.fixture(autouse=True)
def _documents_in_a_folder_of_their_own(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def member_of(group: str, username: str) -> User:
    user = User.objects.create_user(username, password=username)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def mette(db) -> User:
    """Marketing staff."""
    return member_of("Marketing", "mette")


@pytest.fixture
def maria(db) -> User:
    """Marketing manager: also templates, canceling and deleting."""
    return member_of("Marketing manager", "maria")


@pytest.fixture
def rasmus(db) -> User:
    """Reader: may look, not touch."""
    return member_of("Reader", "rasmus")
