"""The product as people meet it: time to ready, and pages while fifty people work, on loopback, bounded in count and time."""

import http.client
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from reports.demo.names import PASSWORD

ROOT = Path(__file__).resolve().parent.parent
QUICK = bool(os.environ.get("BENCH_QUICK"))
PEOPLE, SECONDS, PAUSE = 50, 20 if QUICK else 60, 5
STAFF_PAGES = [
    "/",
    "/dieu-hanh/",
    "/nhiem-vu/?trang-thai=mo",
    "/van-ban/",
    "/dot/",
    "/ke-hoach/",
    "/don-vi/",
    "/thong-bao/",
]
LOGINS = ["quang.tm", "viet.pq", "ha.lt", "khoa.dv", "mai.nt"]
UNIT_LOGIN = "yen.dh"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port):
    """The product as `make run` starts it; returns the process and the seconds until it answers as well."""
    began = time.perf_counter()
    product = subprocess.Popen(
        [sys.executable, "-m", "config.run"],
        cwd=ROOT,
        env={**os.environ, "DEMO": "1", "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if product.poll() is not None:
            raise SystemExit("the product did not start")
        try:
            if fetch(port, "/healthz")[0] == 200:
                return product, time.perf_counter() - began
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the product did not become well within four minutes")


def stop(product):
    product.send_signal(signal.SIGTERM)
    product.wait(60)


def fetch(port, path, cookie="", body=None):
    """Whoever has a cookie asks for a compressed page, as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip"} if cookie else {}
    if body is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST" if body is not None else "GET", path, body, headers)
    answer = connection.getresponse()
    page = answer.read()
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return answer.status, page, cookies


def log_in(port, username, password):
    _, page, cookies = fetch(port, "/tai-khoan/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1).decode()
    form = urlencode({"login": username, "password": password, "csrfmiddlewaretoken": token})
    status, _, made = fetch(port, "/tai-khoan/login/", "; ".join(cookies), form)
    if status != 302:
        raise SystemExit(f"{username} cannot log in: {status}")
    return "; ".join([*cookies, *made])


def person(port, cookie, until, spent, failed, seed):
    """One person: a click, a pause of five seconds, another click."""
    choose = random.Random(seed)
    time.sleep(choose.uniform(0, PAUSE))
    while time.monotonic() < until:
        began = time.perf_counter()
        status, _, _ = fetch(port, choose.choice(STAFF_PAGES), cookie)
        spent.append(1000 * (time.perf_counter() - began))
        if status != 200:
            failed.append(status)
        time.sleep(PAUSE)


def main():
    port = free_port()
    product, first = start(port)
    stop(product)
    product, again = start(port)
    try:
        cookies = [log_in(port, name, PASSWORD) for name in LOGINS]
        spent, failed = [], []
        until = time.monotonic() + SECONDS
        crowd = [
            threading.Thread(target=person, args=(port, cookies[n % len(cookies)], until, spent, failed, n))
            for n in range(PEOPLE)
        ]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        flat = flat_out(port, cookies[0], "/nhiem-vu/?trang-thai=mo")
        unit = flat_out(port, log_in(port, UNIT_LOGIN, PASSWORD), "/nhiem-vu/")
    finally:
        stop(product)
    figures = [
        ("first start of an empty province until well", round(first, 1), "s", None),
        ("start again until well", round(again, 1), "s", 15),
        (f"{PEOPLE} people, {PAUSE} s between clicks, p95", round(statistics.quantiles(spent, n=20)[18], 1), "ms", 200),
        (f"{PEOPLE} people, {PAUSE} s between clicks, median", round(statistics.median(spent), 1), "ms", None),
        (f"answers other than 200 among {len(spent)}", len(failed), "", 0.5),
        ("a unit's own list flat out", round(unit, 1), "/s", -150),
        ("the Sở's list of assignments flat out", round(flat, 1), "/s", -150),
    ]
    print(json.dumps(figures, ensure_ascii=False))


def flat_out(port, cookie, path, clients=8, requests=40):
    """Pages a second of one list, eight clients without a pause; a page that is not 200 stops the measure."""

    def run():
        for _ in range(requests):
            status, _, _ = fetch(port, path, cookie)
            if status != 200:
                raise SystemExit(f"{path} answers {status}")

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as crowd:
        for done in [crowd.submit(run) for _ in range(clients)]:
            done.result()
    return clients * requests / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
