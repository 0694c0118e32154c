"""What settings alone cannot say: the fonts are whole, the folders can be written, mail can leave, there is one clock."""

import ctypes.util
import os
import unicodedata
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Warning
from fontTools.ttLib import TTFont, TTLibError

from config.celery import app
from config.rights.table import faults

STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
TONED = {
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
SMALL = TONED | set("ăâđêôơư")
VIETNAMESE = frozenset(SMALL | {letter.upper() for letter in SMALL})
LOCAL_ZONE = "Asia/Ho_Chi_Minh"


def check_paper_fonts(app_configs, **kwargs):
    """The four faces of the printed paper are there and lack none of the 134 letters that only Vietnamese has."""
    findings = []
    for style in STYLES:
        path = Path(settings.PAPER_FONTS) / f"PaperSerif-{style}.ttf"
        try:
            with open(path, "rb") as file, TTFont(file, lazy=True) as font:
                missing = VIETNAMESE - {chr(code) for code in font.getBestCmap()}
        except (OSError, TTLibError) as error:
            findings.append(Error(f"{path} cannot be read ({error}).", hint="Run `make setup`.", id="config.E001"))
            continue
        if missing:
            letters = " ".join(sorted(missing))
            findings.append(Error(f"{path} lacks: {letters}.", hint="Run `make setup`.", id="config.E002"))
    return findings


def check_folders(app_configs, **kwargs):
    """The media root can be written, or made where it does not exist yet."""
    place = Path(settings.MEDIA_ROOT)
    nearest = next(folder for folder in (place, *place.parents) if folder.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return []
    hint = f"Let the user {os.getuid()} write there, or name another folder in MEDIA_ROOT."
    return [Error(f"MEDIA_ROOT {place} cannot be written.", hint=hint, id="config.E003")]


def check_clock(app_configs, **kwargs):
    """One zone for everything: legal days are local days."""
    zones = {"TIME_ZONE": settings.TIME_ZONE, "Celery's timezone": str(app.conf.timezone)}
    wrong = [f"{name} is {zone}" for name, zone in zones.items() if zone != LOCAL_ZONE]
    if wrong or not settings.USE_TZ:
        text = "; ".join(wrong) or "USE_TZ is off"
        return [Error(f"{text}.", hint=f"Both are {LOCAL_ZONE}, with USE_TZ on.", id="config.E004")]
    return []


def check_mail(app_configs, **kwargs):
    if settings.EMAIL_HOST or settings.DEMO:
        return []
    hint = "Set SMTP_HOST (and SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_SECURITY, MAIL_FROM)."
    text = "No mail server is set: mail is only kept as files under VAR_DIR/mail."
    return [Warning(text, hint=hint, id="config.W001")]


def check_proxy(app_configs, **kwargs):
    """The product listens on loopback without TLS: an https address without a trusted proxy would redirect for ever."""
    if not settings.SITE_URL.startswith("https://") or settings.TRUSTED_PROXIES:
        return []
    hint = "Set TRUSTED_PROXIES to the number of proxies in front (usually 1)."
    return [Error("SITE_URL is https but no proxy is trusted to say so.", hint=hint, id="config.E005")]


def check_harfbuzz(app_configs, **kwargs):
    if ctypes.util.find_library("harfbuzz-subset"):
        return []
    hint = "Install the system package libharfbuzz-subset0."
    return [Warning("PDFs take two to six times as long without libharfbuzz-subset.", hint=hint, id="config.W002")]


def check_rights(app_configs, **kwargs):
    """Every address has its line in the table of rights; without one it is refused to everybody."""
    hint = "Give each address its line in config/rights/table.txt."
    return [Error(f"{fault}.", hint=hint, id="config.E006") for fault in faults()]


ALL = (check_paper_fonts, check_folders, check_clock, check_mail, check_proxy, check_harfbuzz, check_rights)
