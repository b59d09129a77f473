"""A report taken apart for the tests: its elements, with the strictness of an XML reader."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

VOID = ("meta", "link", "br", "hr")


class Strict(HTMLParser):
    """Builds a tree and refuses what a browser would silently mend."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = ElementTree.TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)


def tree(page: str) -> ElementTree.Element:
    """The elements of a page."""
    reader = Strict()
    reader.feed(page)
    reader.close()
    assert not reader.open, f"never closed: {reader.open}"
    return reader.builder.close()


def text_of(element: ElementTree.Element) -> str:
    """All text in an element, runs of space as one."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def find(root: ElementTree.Element, identifier: str) -> ElementTree.Element:
    """The element with an id."""
    found = [element for element in root.iter() if element.get("id") == identifier]
    assert len(found) == 1, f"{len(found)} elements with id {identifier!r}"
    return found[0]


def with_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Every element that carries a class."""
    return [element for element in root.iter() if name in element.get("class", "").split()]
