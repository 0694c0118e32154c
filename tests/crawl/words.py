"""What a person reads or hears of a page, and which of it is not Vietnamese.

Written Vietnamese gives itself away: a word without any mark is one syllable of a small grammar, and one that ends in
c, ch, p or t always bears a mark. So every word of plain Latin letters that is no such syllable is foreign: a name the
office really uses, listed below, or something a library said in English.
"""

import re
from functools import cache

HIDDEN = re.compile(
    r"<head.*?</head>|<script.*?</script>|<style.*?</style>|<!--.*?-->|<textarea.*?</textarea>"
    r"|<(?:code|kbd|samp|pre)\b.*?</(?:code|kbd|samp|pre)>|<(\w+)[^>]*\bclass=\"[^\"]*\bcode\b[^\"]*\"[^>]*>.*?</\1>",
    re.S,
)
SPOKEN = re.compile(
    r'\s(?:title|alt|placeholder|aria-label|aria-description|data-label|data-confirm(?:-ok)?|data-busy)="([^"]*)"'
    r'|<input\b(?=[^>]*\btype="(?:submit|button|reset)")[^>]*\svalue="([^"]*)"'
)
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
ADDRESS = re.compile(r"\S*(?:@|://)\S*|/[\w/.-]+|\b[\w-]+(?:\.[\w-]+)+|&\w+;|\b\w*[\d_]\w*\b|\b\w+(?:-\w+){2,}\b")
COMMAND = re.compile(r"\bmake [a-z]+")
WORD = re.compile(r"[^\W\d_]+")
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
    r"(?:uya|uyu|oai|oay|oeo|ai|ao|au|ay|eo|ia|iu|oa|oe|oi|oo|ua|ui|uy|[aeiouy])"
    r"(?:ng|nh|[mn])?"
)
NAMES = re.compile(
    r"internet|excel|word|pdf|docx|xlsx|txt|csv|kb|mb|javascript|google|microsoft|authenticator|iphone|android|outlook|apple"
    r"|sqlite|postgresql|valkey|redis|worker|beat"  # what an administrator must name
)
ENGLISH_THOUGH_A_SYLLABLE = frozenset({"no", "go", "on"})
CAPITALS = re.compile(r"[A-ZĐ]{1,6}|[IVX]+")
CAPITALS_IN_ENGLISH = re.compile(r"OK|ERROR|NULL|NONE|TRUE|FALSE|YES|NO|NEW|EDIT|SAVE|LOGIN|LOGOUT|DELETE")


def words_of(page):
    """What a person sees or hears of a page."""
    body = HIDDEN.sub(" ", page)
    spoken = [said for pair in SPOKEN.findall(body) for said in pair if said]
    return " ".join([*TITLE.findall(page), *spoken, re.sub(r"<[^>]+>", " ", body)])


def is_foreign(word):
    if CAPITALS.fullmatch(word):
        return bool(CAPITALS_IN_ENGLISH.fullmatch(word))
    plain = word.lower()
    if len(plain) == 1 or not plain.isascii() or NAMES.fullmatch(plain):
        return False
    return plain in ENGLISH_THOUGH_A_SYLLABLE or not SYLLABLE.fullmatch(plain)


@cache
def foreign_in(piece):
    """The foreign words of what stands between two spaces; pages say the same things again and again."""
    return tuple(word for word in WORD.findall(ADDRESS.sub(" ", piece)) if is_foreign(word))


def foreign_words(text):
    """The words of a text that no Vietnamese reader would expect, once each."""
    return sorted({word for piece in set(COMMAND.sub(" ", text).split()) for word in foreign_in(piece)})
