"""Every page of the frame says, in its own words, what it is for and who does what next."""

import re
from pathlib import Path

from django.conf import settings
from django.template import loader
from django.template.loader_tags import ExtendsNode

from tests.architecture.test_house import FLOORS

ROOT = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
ENTRANCE = "allauth/layouts/entrance.html"  # one column without a heading of its own: the page is its own explanation
HELP = re.compile(r"{% block help %}(.*?){% endblock %}", re.S)
FAILURES = {"403.html", "403_csrf.html", "403_delegation.html", "404.html"}


def ancestors(name):
    """The templates a page stands on, the nearest first."""
    for node in loader.get_template(name).template.nodelist.get_nodes_by_type(ExtendsNode):
        parent = node.parent_name.var
        return [parent, *ancestors(parent)]
    return []


def pages():
    """Full pages inside the frame: layouts, entrances and failures aside."""
    for name in NAMES:
        above = ancestors(name)
        if "base.html" in above and ENTRANCE not in [name, *above] and "layouts" not in name and name not in FAILURES:
            yield name


def faults(name):
    said = HELP.search((ROOT / name).read_text())
    if not said:
        return "no {% block help %}: two paragraphs, what the page is for and “Tiếp theo:” who does what"
    words = re.sub(r"<[^>]+>|{%.*?%}", " ", said[1]).split()
    return "" if len(words) >= 15 and "Tiếp theo:" in said[1] else "too short to help"


def test_each_page_says_what_it_is_for_and_what_comes_next():
    found = {name: faults(name) for name in pages()}
    assert len(found) > 60
    assert {name: fault for name, fault in found.items() if fault} == {}


GUIDE = Path(settings.BASE_DIR) / "docs/huong-dan.md"
PICTURES = sorted((GUIDE.parent / "huong-dan").glob("*.png"))


def test_the_guide_names_what_the_pages_say():
    """Each bold word of the guide that people should look for stands on a page or in the sentence of a view."""
    floors = [(ROOT.parent / floor).rglob("*.py") for floor in FLOORS]
    sources = [ROOT.rglob("*.html"), (ROOT.parent / "config/locale").rglob("*.po"), *floors]
    said = "\n".join(path.read_text() for paths in sources for path in paths)
    bold = re.findall(r"\*\*([^*]+)\*\*", re.sub(r"\s+", " ", GUIDE.read_text()))
    labels = {label.strip() for words in bold for label in words.split("→") if not words.endswith((".", ":"))}
    assert len(labels) > 50
    assert sorted(label for label in labels if label not in said) == []


def test_the_guide_shows_its_pictures_and_no_others():
    shown = re.findall(r"!\[[^\]]+\]\(huong-dan/([\w-]+\.png)\)", GUIDE.read_text())
    assert sorted(shown) == [path.name for path in PICTURES]
    assert [path.name for path in PICTURES if path.stat().st_size > 150_000] == []
    assert sum(path.stat().st_size for path in PICTURES) < 1_500_000
