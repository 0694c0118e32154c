"""Vietnamese letters as regex classes: ranges of code points mix small letters with capitals."""

import unicodedata

_VOWELS = "aăâeêioôơuưy"
_TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LOWER = "a-zđ" + "".join(
    each for vowel in _VOWELS for tone in _TONES if (each := unicodedata.normalize("NFC", vowel + tone)) > "z"
)
UPPER = LOWER.upper().replace("A-ZĐ", "A-ZĐ", 1)
