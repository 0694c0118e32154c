"""After somebody changed something, ring once so that the sweeps need not wait for their next tick.

A bell, not a carrier: it holds no argument, and when the broker is silent the tick does the same work a little later.
"""

import logging
import time

from django.conf import settings

from config.celery import app

log = logging.getLogger(__name__)
SILENCE = 30
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Doorbell:
    """Middleware: rings after each request that may have changed a row. A dead broker is left alone for half a minute."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.silent_until = 0.0

    def __call__(self, request):
        response = self.get_response(request)
        if settings.DOORBELL and request.method in CHANGING and response.status_code < 400:
            self.ring()
        return response

    def ring(self):
        if time.monotonic() < self.silent_until:
            return
        try:
            app.send_task("notices.tasks.answer_the_bell", retry=False, ignore_result=True, expires=60)
        except Exception as silence:
            self.silent_until = time.monotonic() + SILENCE
            log.warning("the doorbell does not ring (%s); the next tick does the work", type(silence).__name__)
