"""Two texts side by side: paragraph by paragraph, word by word, rows of tables cell by cell."""

from directives.redline.blocks import Block, Redline, redline
from directives.redline.merge import Clash, merge, merge_texts
from directives.redline.words import Change

__all__ = ["Block", "Change", "Clash", "Redline", "merge", "merge_texts", "redline"]
