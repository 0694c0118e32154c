"""Without a mail server, mail goes to a folder that an administrator reads in the product: one file a message."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from notices.mail import SECRET_HEADER


class FileMailbox(BaseEmailBackend):
    """Writes each message to EMAIL_FILE_PATH under its Message-ID, so that a second copy replaces the first."""

    def send_messages(self, email_messages):
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            made = message.message()
            name = re.sub(r"[^\w.-]", "", made["Message-ID"].partition("@")[0]) or "thu"
            partial = folder / f".{name}.tmp"
            partial.write_bytes(made.as_bytes())
            os.chmod(partial, 0o600)
            partial.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Letter:
    """A message of the file mailbox as its page shows it; `text` is None when it holds a secret link."""

    at: datetime
    to: str
    subject: str
    text: str | None


def read_mailbox(limit=200):
    """The newest messages of the file mailbox. A reset or activation link is never shown: it belongs to its addressee alone."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:limit]
    return [_letter(path) for path in files]


def _letter(path):
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=None if message[SECRET_HEADER] or body is None else body.get_content(),
    )
