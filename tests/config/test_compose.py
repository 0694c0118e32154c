"""docker-compose.yml, Dockerfile, Caddyfile and .env.example name nothing that does not exist. No engine is needed.

What only an engine can tell (that the images build and start) is not claimed here; docs/operations.md says how to see it.
"""

import ast
import re
import shlex
import sys
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
import yaml
from celery.bin.celery import celery as celery_command
from django.core.management import get_commands, load_command_class
from gunicorn.config import make_settings

from config import setup
from config.celery import app as celery_app
from tests.product import BASE

TEXT = (BASE / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "beat")
DOCKERFILE = (BASE / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
STEPS = [line.split(None, 1) for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
CADDYFILE = (BASE / "config/proxy/Caddyfile").read_text(encoding="utf-8")
EXAMPLE = (BASE / ".env.example").read_text(encoding="utf-8")
READERS = {"text", "flag", "number", "choice", "listing", "folder", "secret", "address"}
SECRETS = "/run/secrets/"


@cache
def known_variables():
    """Every variable that the code reads through config/env.py; one that may also come from a file under both names."""
    known = set()
    for path in [*(BASE / "config").rglob("*.py"), *(BASE / "notices").rglob("*.py"), *(BASE / "units").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("env.") in READERS:
                name = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
                if name and ast.unparse(node.func).startswith("env."):
                    known |= {name, f"{name}_FILE"} if node.func.attr in ("secret", "address") else {name}
    return frozenset(known | {"SECRET_KEY", "SECRET_KEY_FILE"})


def interpolated():
    """The variables that compose itself takes from `.env`."""
    return set(re.findall(r"\$\{(\w+)", TEXT))


def test_the_services_are_those_of_the_product():
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "prepare", "postgres", "valkey"}


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_names_is_declared(name):
    service = SERVICES[name]
    assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    for other, how in service.get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]
        else:
            assert (how["condition"], SERVICES[other]["restart"]) == ("service_completed_successfully", "no")
    for value in service.get("environment", {}).values():
        for secret in re.findall(rf"{SECRETS}(\w+)", str(value)):
            assert secret in service["secrets"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_locked_in(name):
    service = SERVICES[name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    uid, gid = map(int, service["user"].split(":"))
    assert uid and gid
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}
    assert service["restart"] == ("no" if name == "prepare" else "unless-stopped")
    assert name == "prepare" or service["healthcheck"]["test"][0] == "CMD"
    assert ("ports" in service) == (name == "proxy")


def test_nothing_declared_is_left_unused():
    for kind in ("volumes", "secrets", "networks"):
        used = {entry.split(":")[0] for service in SERVICES.values() for entry in service.get(kind, [])}
        assert used == set(COMPOSE[kind])


def test_data_servers_are_reached_from_inside_only():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if service["networks"] == ["inside"]} >= {"postgres", "valkey"}


def test_secrets_come_from_files_that_neither_git_nor_the_image_takes():
    assert {secret["file"] for secret in COMPOSE["secrets"].values()} == {
        f"./secrets/{name}" for name in COMPOSE["secrets"]
    }
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY", variable):
                assert variable.endswith("_FILE"), variable
                assert str(value).startswith((SECRETS, "${"))
    assert {"secrets/", ".env"} <= set((BASE / ".gitignore").read_text().split())
    ignored = (BASE / ".dockerignore").read_text().split()
    assert {"secrets", ".env", "var", ".git"} <= set(ignored)
    assert not re.search(r"^(ARG|ENV).*(SECRET|PASSWORD|DATABASE_URL)", DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_ours_is_read_by_the_code(name):
    assert set(SERVICES[name]["environment"]) <= known_variables()


def test_every_process_of_ours_gets_the_same_settings():
    assert all(SERVICES[name]["environment"] == SERVICES["web"]["environment"] for name in OURS)


def test_the_example_lists_exactly_what_compose_and_the_code_know():
    listed = re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert len(listed) == len(set(listed))
    plain = {name for name in known_variables() if not name.endswith("_FILE")}
    named = {name.removesuffix("_FILE") for name in listed}
    assert named == plain | {name.removesuffix("_FILE") for name in interpolated()}


def test_secrets_and_the_database_server_agree():
    postgres, ours = SERVICES["postgres"]["environment"], SERVICES["web"]["environment"]
    assert postgres["POSTGRES_PASSWORD_FILE"] == f"{SECRETS}postgres_password"
    assert ours["REDIS_URL"] == "redis://valkey:6379/0"
    operations = (BASE / "docs/operations.md").read_text(encoding="utf-8")
    assert f"@postgres:5432/{postgres['POSTGRES_DB']}" in operations
    assert f"postgresql://{postgres['POSTGRES_USER']}:" in operations
    for name in COMPOSE["secrets"]:
        assert f"secrets/{name}" in operations, f"docs/operations.md does not say how to make secrets/{name}"


# --- commands ---------------------------------------------------------------------------------------------------------


def judge_celery(words):
    context = celery_command.make_context("celery", [*words], resilient_parsing=True)
    assert celery_command.get_command(context, next(w for w in words if w in ("worker", "beat")))
    part = next(word for word in words if word in ("worker", "beat"))
    sub = celery_command.get_command(context, part)
    options = {option for parameter in sub.params for option in parameter.opts + parameter.secondary_opts}
    for word in words[words.index(part) + 1 :]:
        assert not word.startswith("-") or word.split("=")[0] in options, word
    assert words[words.index("-A") + 1] == "config.celery" and celery_app.main == "config"


def judge_manage(words):
    commands = get_commands()
    assert words[0] in commands
    load_command_class(commands[words[0]], words[0]).create_parser("manage.py", words[0]).parse_args(words[1:])


def judge(command):
    """Judge a command that runs in the product's image."""
    program, *words = command
    if program == "gunicorn":
        assert words == ["-c", "python:config.web"] and (BASE / "config/web.py").exists() and make_settings()
    elif program == "celery":
        judge_celery(words)
    elif program == "python" and words[0] == "manage.py":
        judge_manage(words[1:])
    elif program == "python" and words[0] == "-m":
        path = BASE / (words[1].replace(".", "/") + ".py")
        assert 'if __name__ == "__main__"' in path.read_text()
    else:
        pytest.fail(f"unknown command: {command}")
    assert program == "python" or (Path(sys.executable).parent / program).exists()


@pytest.mark.parametrize("name", OURS)
def test_commands_and_health_checks_of_ours_are_valid(name):
    judge(SERVICES[name]["command"])
    if name != "prepare":
        judge(SERVICES[name]["healthcheck"]["test"][1:])


def test_there_is_one_beat_ever():
    beats = [name for name, service in SERVICES.items() if "beat" in service.get("command", [])]
    assert beats == ["beat"] and SERVICES["beat"]["container_name"]
    assert "scale" not in SERVICES["beat"] and "replicas" not in SERVICES["beat"]["deploy"]


def test_the_database_is_the_version_whose_programs_the_image_has():
    """Debian 12 has the client programs of PostgreSQL 15; an older pg_dump refuses a newer server."""
    assert SERVICES["postgres"]["image"] == "postgres:15-bookworm"
    assert "bookworm" in DOCKERFILE and "postgresql-client" in setup.SERVER_PACKAGES


# --- the image --------------------------------------------------------------------------------------------------------


def stages():
    return {words.split(" AS ")[1]: words.split(" AS ")[0] for step, words in STEPS if step == "FROM"}


def test_stages_stand_on_each_other_and_compose_builds_real_ones():
    found = stages()
    assert all(base in found or ":" in base for base in found.values())
    for service in SERVICES.values():
        if "build" in service:
            assert service["build"]["target"] in found
    for step, words in STEPS:
        if step == "COPY" and words.startswith("--from="):
            assert words.removeprefix("--from=").split()[0] in found


def copied():
    for step, words in STEPS:
        if step == "COPY" and not words.startswith("--from="):
            yield from words.split()[:-1]


def test_everything_copied_exists_and_is_sent_to_the_builder():
    ignored = (BASE / ".dockerignore").read_text().splitlines()
    for name in copied():
        assert (BASE / name).exists(), name
        assert name == "." or not any(fnmatch(name, rule.removeprefix("**/")) for rule in ignored), f"{name} is ignored"
    for folder in (*setup_folders(), "templates", "static", "manage.py"):
        assert (BASE / folder).exists() and folder not in ignored


def setup_folders():
    words = next(words for step, words in STEPS if step == "RUN" and "compileall" in words).split()
    return words[words.index("-q") + 1 :]


def test_set_up_runs_from_what_was_copied_before_it():
    """config.setup reads these files; each is copied before `RUN python -m config.setup`."""
    before = DOCKERFILE[: DOCKERFILE.index("RUN python -m config.setup\n")]
    source = (BASE / "config/setup.py").read_text()
    for name in ("requirements.txt", "requirements-tools.txt", "package.json", "package-lock.json", ".npmrc"):
        assert name in before and name in source
    for name in ("config/setup.py", "config/assets.py", "config/uifont.py", "static/icons.txt"):
        assert name in before
    assert re.search(r"RUN python -m config.setup --system", before)


def test_packages_are_named_in_one_place():
    everywhere = [*setup.RUN_PACKAGES, *setup.SERVER_PACKAGES]
    assert not [package for package in everywhere if package in DOCKERFILE]
    assert "apt-get install" not in DOCKERFILE and "pip install" not in DOCKERFILE


def test_the_image_runs_as_nobody_special():
    users = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert users == [SERVICES["web"]["user"], SERVICES["proxy"]["user"]]
    assert (
        set(re.findall(r"(\w+)=\S+", next(words for step, words in STEPS if step == "ENV")))
        - {
            "PATH",
            "HOME",
            "PYTHONUNBUFFERED",
        }
        <= known_variables()
    )
    assert (
        shlex.split(next(words for step, words in STEPS if step == "CMD").strip("[]").replace(",", " "))[0]
        == "gunicorn"
    )


# --- the proxy --------------------------------------------------------------------------------------------------------


def test_the_proxy_listens_where_compose_forwards_and_leads_to_the_web():
    ports = {port.split(":")[1] for port in SERVICES["proxy"]["ports"]}
    assert ports == set(re.findall(r"https?_port (\d+)", CADDYFILE))
    assert set(re.findall(r"\{\$(\w+)\}", CADDYFILE)) - {"TLS"} | {"TLS"} == set(SERVICES["proxy"]["environment"])
    assert re.search(r"reverse_proxy (\S+)", CADDYFILE)[1] == "web:8000"
    alive = SERVICES["proxy"]["healthcheck"]["test"][-1]
    assert alive.removesuffix("/alive") in CADDYFILE and "respond /alive 200" in CADDYFILE
    assert "request>uri delete" in CADDYFILE, "secret links would stand in the proxy's log"
