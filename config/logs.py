"""What is logged, how it looks, and what no line of it may hold. Part of the settings: it imports only `env`."""

from config import env

DJANGO_GUID = {"RETURN_HEADER": True, "EXPOSE_HEADER": False, "VALIDATE_GUID": True, "UUID_LENGTH": 16}
CLOCK = "%Y-%m-%dT%H:%M:%S%z"  # with its distance from UTC, or lines of two machines cannot be set side by side
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "django_guid.log_filters.CorrelationId"},
        "discreet": {"()": "config.discreet.Discreet"},
    },
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name} [{correlation_id}] {message}", "style": "{", "datefmt": CLOCK},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{correlation_id}{message}",
            "style": "{",
            "datefmt": CLOCK,
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id", "discreet"],
            "formatter": env.choice("LOG_FORMAT", ["text", "json"], "text"),
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django_guid": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
