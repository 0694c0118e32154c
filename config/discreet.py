"""Links that open an account are for their addressee alone: no log line keeps them, and no line passes for two."""

import logging
import re

SECRET_PATH = re.compile(r"(/password/reset/key/|/confirm-email/|/kich-hoat/|/lich-truc/ics/)[^/\s]+")
# What would begin a new line, or turn one round, in a log read on a screen.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Discreet(logging.Filter):
    """Masks the secret part of such a link in any line, and writes out what is not seen."""

    def filter(self, record):
        said = record.getMessage()
        masked = CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", SECRET_PATH.sub(r"\1…", said))
        if masked != said:
            record.msg, record.args = masked, ()
        return True
