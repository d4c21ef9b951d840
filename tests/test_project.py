"""The project as a whole keeps its promises."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "contacts", "interactions", "segments_app")
TEMPLATES = ROOT / "templates"
# Signing in; and the link in an e-mail, whose signature says who asks.
PUBLIC_URL_NAMES = {"login", "unsubscribe"}
# Django asks for these by name.
ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
INDEX_ADDRESS = re.compile(r"https?://[^\s\"'<>)]*(pypi|pythonhosted|npmjs|registry\.|/simple\b)")
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|<[^>]*\s(style|on[a-z]+)=", re.IGNORECASE)


def template_names() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*")}


def files_of_the_project() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def url_patterns(
    resolver: URLResolver | None = None, route: str = "/"
) -> Iterator[tuple[str, URLPattern]]:
    """Every (route, pattern) below the resolver; regular expressions are left out."""
    for entry in (resolver or get_resolver()).url_patterns:
        if not isinstance(entry.pattern, RoutePattern):
            continue
        if isinstance(entry, URLPattern):
            yield route + str(entry.pattern), entry
        else:
            yield from url_patterns(entry, route + str(entry.pattern))


def templates_of_views() -> Iterator[str]:
    for _, pattern in url_patterns():
        view = getattr(pattern.callback, "view_class", None)
        options = getattr(pattern.callback, "view_initkwargs", {})
        yield options.get("template_name") or getattr(view, "template_name", None) or ""
        model = getattr(view, "model", None) or getattr(
            getattr(view, "queryset", None), "model", None
        )
        if model and (suffix := getattr(view, "template_name_suffix", "")):
            yield f"{model._meta.app_label}/{model._meta.model_name}{suffix}.html"


def overrides_another(name: str) -> bool:
    return any((Path(app.path) / "templates" / name).exists() for app in apps.get_app_configs())


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_template_is_used():
    sources = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    pages = [TEMPLATES / name for name in template_names()]
    text = "\n".join(path.read_text() for path in [*sources, *pages])
    mentioned = set(re.findall(r"[\"']([\w./-]+\.(?:html|txt))(?:#\w+)?[\"']", text))
    used = mentioned | set(templates_of_views()) | ERROR_PAGES
    unused = {name for name in template_names() - used if not overrides_another(name)}
    assert unused == set()


@pytest.mark.django_db
def test_every_url_turns_a_stranger_away(client):
    let_in = []
    for route, pattern in url_patterns():
        if pattern.name in PUBLIC_URL_NAMES:
            continue
        response = client.get(re.sub(r"<[^>]+>", "1", route))
        if response.status_code != 302 or "login" not in response["Location"]:
            let_in.append(f"{route}: {response.status_code}")
    assert let_in == []


def test_there_are_urls_to_ask_for():
    assert len(list(url_patterns())) > 20


def test_every_text_is_translated():
    for path in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        with path.open("rb") as stream:
            catalog = read_po(stream)
        unfinished = [
            message.id
            for message in catalog
            if message.id and (message.fuzzy or not message.string or not all([*message.string]))
        ]
        assert unfinished == [], path


def test_no_file_names_the_address_of_a_package_index():
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files_of_the_project()
        if (match := INDEX_ADDRESS.search(path.read_text(errors="ignore")))
    ]
    assert found == []


def test_pages_hold_no_inline_script_or_style():
    found = [
        f"{name}: {match.group()}"
        for name in template_names()
        if (match := INLINE.search((TEMPLATES / name).read_text()))
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes(path: Path):
    text = re.sub(r"^\s*#.*\n", "", path.read_text(), flags=re.MULTILINE)
    requirements = re.split(r"\n(?=\S)", text.strip())
    assert requirements
    loose = [
        line
        for line in requirements
        if not re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.+!]+", line) or "--hash=sha256:" not in line
    ]
    assert loose == []


def test_requirements_hold_every_direct_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    files = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["optional-dependencies"]["dev"],
    }
    for name, dependencies in files.items():
        text = (ROOT / name).read_text()
        wanted = {re.split(r"[^\w-]", line)[0] for line in dependencies}
        assert {each for each in wanted if not re.search(rf"^{each}(\[|==)", text, re.M)} == set()
