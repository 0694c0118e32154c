"""docs/operations.md: what it names exists, and its bare-metal path is followed from the first line to the last."""

import configparser
import json
import os
import re
import shutil
import socket
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from config import operations, setup
from config.processes import clear_strays
from tests.product import BASE, own_database

GUIDE = (BASE / "docs/operations.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S*)( run)?\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
SHELL = "\n".join(text for language, _, text in BLOCKS if language == "sh")
SERVICES = yaml.safe_load((BASE / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
FAREWELL = "worker: Warm shutdown (MainProcess)"  # Celery writes this one past every logger, when asked to stop
NOT_SOURCES = (".git", ".venv", "var", "node_modules", "__pycache__", "secrets", ".*_cache", ".hypothesis", ".env")


def test_the_guide_names_only_what_exists():
    targets = set(re.findall(r"^([a-z]+):", (BASE / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", SHELL)) <= targets | {"postgresql"}
    assert set(re.findall(r"manage\.py (\w+)", GUIDE)) <= set(get_commands())
    for module in re.findall(r"-m (config\.\w+)", GUIDE):
        assert (BASE / (module.replace(".", "/") + ".py")).exists()
    for words in re.findall(
        r"docker compose (?:exec|stop|restart|logs --tail 100|logs -f|logs|run --rm --no-deps(?: -T)?) ([a-z ]+)", GUIDE
    ):
        name = words.split()[0]
        assert name in SERVICES, name
    assert set(setup.RUN_PACKAGES + setup.SERVER_PACKAGES) <= set(SHELL.split())


def test_every_red_line_of_the_page_is_explained(db, now):
    lines = [line.what for line in operations.standings(now)]
    explained = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", GUIDE, re.MULTILINE)
    for what in lines:
        if what != "Cơ sở dữ liệu":  # without it nobody gets to see the page
            assert any(what.startswith(name) for name in explained), what


def test_the_unit_of_systemd_starts_what_is_there():
    unit = configparser.ConfigParser()
    unit.optionxform = str
    unit.read_string(next(text for language, _, text in BLOCKS if language == "ini"))
    service = unit["Service"]
    assert service["ExecStart"] == f"{service['WorkingDirectory']}/.venv/bin/python -m config.run"
    assert f"cat > {service['EnvironmentFile']} " in SHELL
    for folder in service["ReadWritePaths"].split():
        assert f"={folder}\n" in SHELL


# --- the whole way ----------------------------------------------------------------------------------------------------


def lend_packages(place):
    """What `make setup` would download is taken from this checkout: the packages, linked, under a stamp of their own."""
    mine, theirs = setup.VENV, place / ".venv"
    theirs.mkdir(parents=True)
    for name in ("bin", "lib"):
        (theirs / name).symlink_to(mine / name)
    shutil.copy(mine / "pyvenv.cfg", theirs)
    version = (mine / "thong-suot.stamp").read_text().splitlines()[0].rpartition(" ")[2]
    lock = setup.digest(BASE / "requirements-dev.txt")
    (theirs / "thong-suot.stamp").write_text(f"{theirs} {version}\n{lock}")
    shutil.copytree(setup.ASSETS, place / "var" / "assets")
    (place / "var" / "build").mkdir()
    for name in ("npm.stamp", "assets.stamp"):
        shutil.copy(setup.BUILD / name, place / "var" / "build")
    (place / "var" / "build" / "npm").symlink_to(setup.BUILD / "npm")


def pack_sources(target):
    """The tree as it is delivered."""
    ignored = shutil.ignore_patterns(*NOT_SOURCES)

    def keep(member):
        return None if ignored("", [Path(member.name).name]) else member

    with tarfile.open(target, "w:gz", compresslevel=1) as tar:
        tar.add(BASE, arcname=".", filter=keep)


def script(root, port):
    """The blocks marked `run`, in their order, with the places of a server moved under `root`."""
    text = "\n".join(text for language, run, text in BLOCKS if language == "sh" and run)
    for place in ("/opt/thong-suot", "/etc/thong-suot.env", "/var/lib/thong-suot", "/var/backups/thong-suot"):
        assert place in text
        text = text.replace(place, f"{root}{place}")
    return "PS4='+ $SECONDS '; set -eux\n" + text.replace("~/", f"{root}/").replace("PORT=8000", f"PORT={port}")


@pytest.mark.e2e
def test_the_guide_is_followed_from_the_first_line_to_the_last(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    var = tmp_path / "var/lib/thong-suot"
    for folder in (tmp_path / "opt/thong-suot", tmp_path / "etc", var, tmp_path / "var/backups/thong-suot"):
        folder.mkdir(parents=True)
    lend_packages(tmp_path / "opt/thong-suot")
    pack_sources(tmp_path / "thong-suot.tar.gz")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    if url := own_database():
        environment["DATABASE_URL"] = url
    try:
        with open(tmp_path / "said", "w") as said:
            done = subprocess.run(
                ["bash", "-c", script(tmp_path, port)],
                cwd=tmp_path,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=300,
            )
    finally:
        clear_strays(var, patience=0)
    said = (tmp_path / "said").read_text()
    assert done.returncode == 0, said[-4000:]
    for words in ("quantri can log in", "đủ dòng, đủ tệp", "khôi phục được", "Đã khôi phục dữ liệu", "được giữ lại"):
        assert words in said
    assert "downloading" not in said.lower()
    assert (tmp_path / "var/lib/thong-suot/console").read_text().rstrip().endswith("stopped")
    for name in ("web", "worker", "beat"):
        lines = [line for line in (var / "log" / f"{name}.log").read_text().splitlines() if line]
        for line in lines:
            if line != FAREWELL:
                assert {"levelname", "name", "message", "correlation_id"} <= set(json.loads(line))
        assert name == "beat" or lines
