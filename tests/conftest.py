"""Fixtures that more than one room uses."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connections
from django.utils import translation

from contacts.models import User


class QuickHasher(PBKDF2PasswordHasher):
    """A million rounds for each user were half of the time of the tests."""

    iterations = 1


def pytest_configure() -> None:
    django_settings.PASSWORD_HASHERS = [f"{__name__}.{QuickHasher.__name__}"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits empties the database; what the migrations put in comes back for it."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        options = dict(marker.kwargs) if marker else {}
        fixtures = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if fixtures or options.get("transaction"):
            options |= {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**options), append=False)


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    """Playwright leaves an event loop running, and below it Django opens another connection.

    That one must know the data of the migrations too, so they go from the first connection to
    its class.
    """
    first = connections["default"]
    contents = getattr(first, "_test_serialized_contents", None)
    if contents is not None:
        setattr(type(first), "_test_serialized_contents", contents)  # noqa: B010


@pytest.fixture(autouse=True)
def _documents_in_a_folder_of_their_own(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.LETTER_ROOT = tmp_path / "made"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _nothing_kept_from_other_tests() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _language_as_it_was() -> Iterator[None]:
    """What a test or a middleware activates ends with the test."""
    yield
    translation.deactivate()


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
