"""What every template of the site keeps to, whichever app it belongs to."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines

from mufakat import site

ROOT = Path(site.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
TEXTS = sorted(ROOT.glob("*/templates/**/*.txt"))
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktrans(late)?\b.*?%\}.*?\{% endblocktrans(late)? %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# What stands between tags and is the same in every language.
UNIVERSAL = {"Mufakat", "UTF-8"}
# What a machine reads, such as the columns of a file, is the same in every language.
SAMPLES = ("pre", "code", "kbd", "samp")
SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parametrized(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name)


def outside_of_tags(source: str) -> str:
    """The template without comments, with a space for each tag and nothing of what is translated."""
    return TAG.sub(" ", TRANSLATED.sub(" ", COMMENT.sub("", source)))


class Elements(HTMLParser):
    """Every element with its attributes, and every word that no tag of the template has made."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self.inside_sample = 0
        self.feed(outside_of_tags(source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self.inside_sample += tag in SAMPLES

    def handle_endtag(self, tag: str) -> None:
        self.inside_sample -= tag in SAMPLES

    def handle_data(self, data: str) -> None:
        if self.inside_sample:
            return
        self.said += re.findall(r"[^\W\d_]{2,}", data)


def test_there_are_templates_to_look_at() -> None:
    assert {"web/templates/base.html", "web/templates/404.html"} <= {name(path) for path in TEMPLATES}


@parametrized(TEMPLATES)
def test_every_template_can_be_read(path: Path) -> None:
    engines["django"].from_string(path.read_text("utf-8"))


@parametrized(TEMPLATES)
def test_no_page_holds_a_style_or_a_script_of_its_own(path: Path) -> None:
    source = path.read_text("utf-8")
    for tag, attributes in Elements(source).elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not [key for key in attributes if key.startswith(("on", "hx-on"))]
        assert tag != "script" or "src" in attributes
        assert not any(value.strip().lower().startswith("javascript:") for value in attributes.values())


@parametrized(TEMPLATES)
def test_everything_a_page_says_can_be_translated(path: Path) -> None:
    page = Elements(path.read_text("utf-8"))
    assert not [word for word in page.said if word not in UNIVERSAL]
    spoken = [attributes.get(key, "") for _tag, attributes in page.elements for key in SPOKEN]
    assert not re.findall(r"[^\W\d_]{2,}", " ".join(spoken))


@parametrized(TEXTS)
def test_everything_a_letter_says_can_be_translated(path: Path) -> None:
    said = re.findall(r"[^\W\d_]{2,}", outside_of_tags(path.read_text("utf-8")))
    assert not [word for word in said if word not in UNIVERSAL]


@parametrized(TEMPLATES)
def test_words_handed_to_a_tag_are_translated(path: Path) -> None:
    handed = re.compile(r"\{% (?:next_step|empty|badge|bar|figure_of|trail)\b(.*?)%\}", re.DOTALL)
    for arguments in handed.findall(path.read_text("utf-8")):
        plain = re.sub(r"_\((\"[^\"]*\"|'[^']*')\)", "", arguments)
        literals = re.findall(r"\"([^\"]*)\"|'([^']*)'", plain)
        assert not [text for pair in literals for text in pair if " " in text.strip()]


@parametrized(TEMPLATES)
def test_what_people_wrote_is_never_taken_as_markup(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape off", path.read_text("utf-8"))
