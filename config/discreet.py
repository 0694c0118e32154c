"""Links that open an account are for their addressee alone: no log line keeps them."""

import logging
import re

SECRET_PATH = re.compile(r"(/password/reset/key/|/confirm-email/|/kich-hoat/|/lich-truc/ics/)[^/\s]+")


class Discreet(logging.Filter):
    """Masks the secret part of such a link in any line."""

    def filter(self, record):
        said = record.getMessage()
        masked = SECRET_PATH.sub(r"\1…", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
