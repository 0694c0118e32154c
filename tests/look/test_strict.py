"""What the content security policy would refuse, and icons nobody gathered, found in the text of the templates."""

import re

import pytest
from django.conf import settings

TEMPLATES = [
    path
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    if "pdf" not in path.parts and "mail" not in path.parts
]
REFUSED = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "an inline style sheet": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)"),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "htmx evaluating code": re.compile(r"\bhx-on\b|\bhx-on:|[\"']js:"),
    "a script of Bootstrap's": re.compile(r"\bdata-bs-"),
    "another host": re.compile(r"(?:src|href)=[\"'](?:https?:)?//"),
}
LOGIC = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
ICON = re.compile(r"""\{%\s*icon\s+"([\w-]+)"|\bicon="([\w-]+)\"""")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_template_holds_nothing_the_policy_refuses(path):
    text = LOGIC.sub("", path.read_text())
    assert [what for what, pattern in REFUSED.items() if pattern.search(text)] == []


def test_each_icon_used_is_gathered():
    listed = set((settings.BASE_DIR / "static/icons.txt").read_text().splitlines())
    used = {
        (name, str(path.relative_to(settings.BASE_DIR)))
        for path in TEMPLATES
        for pair in ICON.findall(path.read_text())
        for name in pair
        if name
    }
    assert used
    assert {(name, path) for name, path in used if name not in listed} == set()


def test_a_page_with_htmx_attributes_loads_htmx():
    using = {path for path in TEMPLATES if re.search(r"<[^>]*\shx-(?!headers)", LOGIC.sub("", path.read_text()))}
    pages = {path for path in using if "_parts" not in path.parts and "_actions" not in path.parts}
    assert {str(path) for path in pages if "_parts/htmx.html" not in path.read_text()} == set()
