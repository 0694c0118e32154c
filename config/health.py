"""Is the product well? `/healthz` for machines and the process manager; reads only, names no secret, never waits long.

The worker and beat are judged by what they leave behind: the pulse each sweep writes when it comes to its end. A process
that runs but does nothing is not well.
"""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from units.models import Sweep

PULSE_LIMIT = timedelta(minutes=5)
PATIENCE = 0.3
LEAST_FREE_BYTES = 500 * 1024 * 1024
QUEUE = "celery"


@dataclass(frozen=True)
class Finding:
    name: str
    ok: bool
    detail: str


def read_pulses():
    """The last pulse of each sweep in the schedule, or None when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return dict(Sweep.objects.exclude(pulse_at=None).values_list("name", "pulse_at"))
    except DatabaseError:
        return None


def read_queue():
    """How many rings wait for a worker, or None when the broker does not answer."""
    url = settings.BROKER_URL
    if url.startswith("redis+socket://"):
        url = f"unix://{urlsplit(url).path}"
    try:
        with redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=None) as broker:
            return broker.llen(QUEUE)
    except (redis.RedisError, OSError):
        return None


def judge_pulse(pulses, now):
    """(ok, words) for the youngest pulse: some sweep has come to its end within five minutes."""
    if pulses is None:
        return False, "không biết, vì cơ sở dữ liệu không trả lời"
    if not pulses:
        return False, "chưa có lượt quét nào"
    age = now - max(pulses.values())
    if age > PULSE_LIMIT:
        return False, f"lượt quét gần nhất cách đây {int(age.total_seconds() // 60)} phút"
    return True, f"lượt quét gần nhất cách đây {max(0, int(age.total_seconds()))} giây"


def judge_beat(pulses, now, named=str):
    """Beat keeps time: no sweep it rings is silent for its own interval and five minutes more; `named` words its name."""
    ok, words = judge_pulse(pulses, now)
    if not ok:
        return ok, words
    late = []
    for entry in settings.BEAT_SCHEDULE.values():
        name = entry["task"].rpartition(".")[2]
        limit = PULSE_LIMIT + timedelta(seconds=entry["schedule"])
        if name not in pulses or now - pulses[name] > limit:
            late.append(name)
    return (False, f"chưa chạy hoặc quá hạn: {', '.join(map(named, sorted(late)))}") if late else (True, words)


def judge_disk():
    free = shutil.disk_usage(settings.VAR_DIR).free
    return free >= LEAST_FREE_BYTES, f"còn trống {free / 1024**3:.1f} GB"


def examine(now):
    """Every finding, in the order a person would look: `[Finding(name, ok, detail)]`."""
    pulses, queued = read_pulses(), read_queue()
    worker_ok, worker_words = judge_pulse(pulses, now)
    waiting = f"; {queued} lượt gọi đang chờ" if queued else ""
    return [
        Finding("database", pulses is not None, "không trả lời" if pulses is None else f"{connection.vendor} trả lời"),
        Finding("broker", queued is not None, "không trả lời" if queued is None else "trả lời"),
        Finding("worker", worker_ok, worker_words + waiting),
        Finding("beat", *judge_beat(pulses, now)),
        Finding("disk", *judge_disk()),
    ]


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """200 when all is well, else 503 with the same body."""
    findings = examine(timezone.now())
    well = all(finding.ok for finding in findings)
    body = {
        "ok": well,
        "version": settings.VERSION,
        "checks": {finding.name: {"ok": finding.ok, "detail": finding.detail} for finding in findings},
    }
    response = JsonResponse(body, status=200 if well else 503, json_dumps_params={"ensure_ascii": False})
    response._has_been_logged = True  # asked every few seconds: Django would write an error each time
    return response
