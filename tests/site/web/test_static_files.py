"""Style sheets and scripts: hashed names where they were collected, plain names where they were not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages
from django.core.management import call_command
from django.http import HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.utils.functional import empty
from pytest_django import Settings
from whitenoise.middleware import WhiteNoiseMiddleware

from mufakat.site.web.static_files import HashedStaticFiles
from tests.site.web.test_base import FIRST_VISIT


@pytest.fixture
def folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for collected files, with the storage of the site."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "mufakat.site.web.static_files.HashedStaticFiles"},
    }
    storages.__dict__.pop("backends", None)
    monkeypatch.setattr(staticfiles_storage, "_wrapped", empty)
    return tmp_path


def test_files_that_were_not_collected_have_plain_names(folder: Path) -> None:
    assert HashedStaticFiles().url("web/style.css") == "/static/web/style.css"


def test_collected_files_carry_a_hash_and_are_compressed(folder: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    url = HashedStaticFiles().url("web/style.css")
    assert re.fullmatch(r"/static/web/style\.[0-9a-f]{12}\.css", url)
    assert (folder / url.removeprefix("/static/")).is_file()
    assert (folder / (url.removeprefix("/static/") + ".gz")).is_file()


def test_a_script_whose_map_is_missing_is_collected_as_it_is(folder: Path, settings: Settings) -> None:
    source = folder / "apart"
    source.mkdir()
    (source / "small.js").write_text("let a;\n//# sourceMappingURL=small.js.map\n", "utf-8")
    (source / "small.css").write_text("a {}\n/*# sourceMappingURL=small.css.map */\n", "utf-8")
    settings.STATIC_ROOT = folder / "collected"
    settings.STATICFILES_DIRS = [source]
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    assert re.search(r"small\.[0-9a-f]{12}\.js", HashedStaticFiles().url("small.js"))
    assert re.search(r"small\.[0-9a-f]{12}\.css", HashedStaticFiles().url("small.css"))
    finders.get_finder.cache_clear()


def test_collecting_twice_changes_nothing(folder: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    first = {path.name for path in folder.rglob("*")}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert {path.name for path in folder.rglob("*")} == first


def served(path: str) -> HttpResponseBase:
    """What a browser gets that understands compressed files."""
    serve = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    return serve(RequestFactory().get(path, headers={"Accept-Encoding": "gzip"}))


@pytest.mark.django_db  # closing an answer lets Django look after its connections
def test_a_browser_may_keep_a_collected_file_for_ever(folder: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    response = served(HashedStaticFiles().url("web/style.css"))
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Encoding"] == "gzip"
    response.close()


@pytest.mark.django_db  # closing an answer lets Django look after its connections
def test_a_file_that_was_not_collected_is_served_from_its_app(folder: Path) -> None:
    response = served("/static/web/style.css")
    assert response.status_code == 200
    assert "immutable" not in response["Cache-Control"]
    response.close()


@pytest.mark.parametrize("name", FIRST_VISIT)
def test_every_file_that_the_base_page_names_exists(name: str) -> None:
    assert finders.find(name)
