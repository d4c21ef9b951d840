"""The settings as an operator meets them: from outside, through the environment."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = ROOT / "docs" / "operations.md"
SECRET_KEY = "not-the-real-key-but-long-and-varied-enough-0123456789"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` as started by an operator; what the browser tests set is not passed on."""
    inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
    )


def documented_production_settings() -> dict[str, str]:
    """The example of a production `.env` in the operations guide."""
    example = re.search(r"```ini\n(.*?)```", OPERATIONS.read_text(), re.DOTALL)
    assert example, "docs/operations.md shows no production settings"
    return dict(line.split("=", 1) for line in example.group(1).split())


def test_a_missing_secret_key_is_refused_with_a_sentence():
    refused = manage("check", SECRET_KEY="")
    assert refused.returncode == 1
    assert "SECRET_KEY is not set" in refused.stderr
    assert "make setup" in refused.stderr


def test_debug_is_off_unless_asked_for(tmp_path):
    """Read from a copy, beside which no `.env` lies."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    shown = subprocess.run(
        [sys.executable, "-c", "from config import settings; print(settings.DEBUG)"],
        cwd=tmp_path,
        env={"SECRET_KEY": SECRET_KEY},
        capture_output=True,
        text=True,
    )
    assert shown.stdout.strip() == "False", shown.stderr


def test_an_empty_database_url_means_the_default():
    asked = "from django.conf import settings; print(settings.DATABASES['default']['ENGINE'])"
    shown = manage("shell", "--no-imports", "-c", asked, DATABASE_URL="")
    assert shown.stdout.strip() == "django.db.backends.sqlite3", shown.stderr


def test_the_documented_production_settings_pass_the_deployment_check():
    settings = {**documented_production_settings(), "SECRET_KEY": SECRET_KEY, "DEBUG": "off"}
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **settings)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_without_https_the_deployment_check_warns():
    """So that the test above can fail."""
    settings = {**documented_production_settings(), "SECRET_KEY": SECRET_KEY, "HTTPS": "off"}
    assert manage("check", "--deploy", "--fail-level", "WARNING", **settings).returncode == 1


def test_the_operations_guide_names_every_variable():
    settings = (ROOT / "config" / "settings.py").read_text()
    variables = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings))
    assert len(variables) > 10
    guide = OPERATIONS.read_text()
    assert {name for name in variables if f"`{name}`" not in guide} == set()
