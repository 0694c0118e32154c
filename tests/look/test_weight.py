"""A first visit costs a branch clerk on a slow phone at most 100 kB (`design.md` section 8), fonts and icons included."""

import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

BAR = 100_000
LINKED = re.compile(r'(?:src|href)="/static/([^"#]+)')
IN_STYLES = re.compile(r'url\("?(?!data:)([^")]+)"?\)')


def cost(name):
    """Bytes on the wire: WhiteNoise serves the brotli copy of all but fonts, which are compressed already."""
    content = Path(finders.find(name)).read_bytes()
    return len(content) if name.endswith(".woff2") else len(brotli.compress(content))


def test_first_visit_weighs_under_the_bar(samples, client):
    response = client.get("/mau/danh-sach/", headers={"accept-encoding": "gzip"})
    text = client.get("/mau/danh-sach/").content.decode()
    names = set(LINKED.findall(text))
    assert {"vendor/bootstrap/bootstrap.min.css", "css/app.css", "vendor/icons/sprite.svg"} <= names
    styles = Path(finders.find("css/app.css")).read_text()
    fonts = {name.removeprefix("../") for name in IN_STYLES.findall(styles)}
    weights = {name: cost(name) for name in names | fonts} | {"page": len(response.content)}
    assert sum(weights.values()) <= BAR, weights
