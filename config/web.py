"""How gunicorn serves: a few synchronous processes, on the loopback unless WEB_HOST says otherwise, one line a request in the log."""

import logging
import os

from config import env, settings


class Worthwhile(logging.Filter):
    """Leaves out what says nothing: static files served well, and the health page, which says it itself."""

    def filter(self, record):
        request = record.args if isinstance(record.args, dict) else {}
        path, status = (str(request.get(part) or "") for part in "Us")  # an answer that broke off has no status
        return path != "/healthz" and not (path.startswith(settings.STATIC_URL) and status.startswith(("2", "3")))


bind = f"{env.text('WEB_HOST', '127.0.0.1')}:{env.number('PORT', 8000, 1, 65535)}"
workers = env.number("WEB_WORKERS", 2, 1, 64)
wsgi_app = "config.wsgi:application"
reload = settings.DEBUG
preload_app = not reload
timeout = 60
graceful_timeout = 10
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a heartbeat must not wait for a disk
control_socket_disable = True
accesslog = "-"
# Source, account, time, action and outcome of every request (NĐ 331/2026, TCVN 14423:2026 as told in regulations 5.2).
access_log_format = "%({client}e)s account %({account}e)s %(m)s %(U)s %(s)s %(M)s ms %(b)s B %({correlation-id}o)s"
logconfig_dict = {
    **settings.LOGGING,
    "filters": {**settings.LOGGING["filters"], "worthwhile": {"()": Worthwhile}},
    "loggers": {
        **settings.LOGGING["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "INFO", "handlers": [], "propagate": True, "filters": ["worthwhile"]},
    },
}
