"""What runs by itself: history is read, deadlines are watched, mail is sent. Each may run twice, or late, without harm."""

from directives.sweeps import file_pdfs
from notices.sweeps.duty import remind_duty
from notices.sweeps.history import read_history
from notices.sweeps.people import tell_people
from notices.sweeps.privacy import mask_personal_data
from notices.sweeps.reminders import remind_assignments
from notices.sweeps.sending import send_pending_notices

__all__ = [
    "answer_the_bell",
    "mask_personal_data",
    "read_history",
    "remind_assignments",
    "remind_duty",
    "send_pending_notices",
    "tell_people",
]


def answer_the_bell(*, now):
    """Somebody changed something: do at once what the next ticks would do."""
    file_pdfs(now=now)
    read_history(now=now)
    tell_people(now=now)
    send_pending_notices(now=now)
