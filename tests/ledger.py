"""A pytest plugin that writes down what became of each test: `-p tests.ledger`, to the file in TEST_LEDGER.

With several pytest workers only the one that gathers their reports writes.
"""

import json
import os
from pathlib import Path


class Ledger:
    def __init__(self, path):
        self.path = Path(path)
        self.outcomes = {}

    def pytest_runtest_logreport(self, report):
        asks = "asks_database" in report.keywords
        if report.failed:
            self.outcomes[report.nodeid] = ["failed", report.when, asks]
        elif report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.outcomes[report.nodeid] = ["skipped", reason, asks]
        elif report.when == "call":
            self.outcomes[report.nodeid] = ["passed", "", asks]

    def pytest_sessionfinish(self):
        self.path.write_text(json.dumps(self.outcomes), encoding="utf-8")


def pytest_configure(config):
    path = os.environ.get("TEST_LEDGER")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Ledger(path), "thong-suot-ledger")
