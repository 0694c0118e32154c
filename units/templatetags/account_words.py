"""Words on account pages."""

from django import template

register = template.Library()

SYSTEMS = [
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "máy Mac"),
    ("linux", "Linux"),
]
BROWSERS = [
    ("coc_coc", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("zalo", "Zalo"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
]


@register.filter
def device(user_agent):
    """What a browser says of itself, as people say it: 'Chrome trên Windows'."""
    said = str(user_agent).lower()
    browser = next((name for sign, name in BROWSERS if sign in said), "Trình duyệt khác")
    system = next((name for sign, name in SYSTEMS if sign in said), "")
    return f"{browser} trên {system}" if system else browser
