"""The name of an uploaded file: judged before it is taken, made safe before it is kept."""

import re
from pathlib import PurePosixPath

from units.text import nfc
from units.uploads.refusals import Unfit

# Characters that are not seen and turn the letters after them round, or hide between them.
TURNING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
# What a system runs or opens in a browser: no ending of ours may stand behind one of them.
RUN = re.compile(
    r"\.(?:apk|app|bat|chm|cmd|com|cpl|dll|docm|exe|hta|html?|iqy|iso|jar|jse?|lnk|ms[cip]|pif|ps1|py|reg|sc[fr]|sh|shtml|svg"
    r"|swf|url|vb[es]?|ws[fh]|xhtml|xla?m|xlsm|xltm|xml)$",
    re.I,
)


def clean_name(name, ending):
    """A file name safe on every system, in NFC, at most 120 characters, with the ending its content calls for."""
    stem = PurePosixPath(nfc(name).replace("\\", "/")).name
    stem = stem.rpartition(".")[0] or stem
    stem = re.sub(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*]+', " ", TURNING.sub(" ", stem)).strip(" .")
    return (re.sub(r"\s+", " ", stem)[:110].strip() or "tep") + ending


def check_name(name, endings, what):
    """Refuses (Unfit) a name whose ending is none of `endings`, that hides a second one, or that turns its letters round.
    A name without an ending passes: telephones send such."""
    shown = TURNING.sub("", name)
    if shown != name:
        raise Unfit(shown, "turned_name")
    found = ENDING.search(name.strip())
    if found and found[0].lower() not in endings:
        raise Unfit(name, "ending", ending=found[0], what=what)
    rest = name.strip()[: found.start()] if found else ""
    inner = RUN.search(rest.rstrip(" ."))
    if inner:
        raise Unfit(name, "double_ending", ending=inner[0])
