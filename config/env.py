"""Settings come from the environment, and what is not understood is refused.

An empty variable counts as absent, because `docker compose` hands on unset ones as empty.
Every refusal is one line that names the variable and says how to mend it.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes"})
FALSE = frozenset({"0", "false", "no"})
SHORTEST_KEY = 50


def text(name, default=None):
    return os.environ.get(name, "").strip() or default


def flag(name, default):
    value = text(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: write {name}=1 or {name}=0.")


def number(name, default, low, high):
    value = text(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise ImproperlyConfigured(f"{name}={value!r} is not usable: write a whole number from {low} to {high}.")
    return int(value)


def choice(name, options, default):
    value = text(name)
    if value is None:
        return default
    if value not in options:
        raise ImproperlyConfigured(f"{name}={value!r} is not known: write one of {', '.join(options)}.")
    return value


def listing(name, default=()):
    """The parts of a comma-separated variable, blanks dropped."""
    value = text(name)
    if value is None:
        return list(default)
    return [part.strip() for part in value.split(",") if part.strip()]


def folder(name, default):
    """An absolute path; the folder itself is made by whoever writes into it."""
    value = text(name)
    path = Path(value).expanduser() if value else Path(default)
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name}: {path} is not a folder; name another one.")
    return path.absolute()


def secret(name, default=None):
    """NAME itself, or the content of the file that NAME_FILE names (a mounted secret); both at once are refused."""
    value, file = text(name), text(f"{name}_FILE")
    if value is not None and file is not None:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one of them.")
    if file is None:
        return default if value is None else value
    try:
        content = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"{name}_FILE={file!r} cannot be read ({error}): name a readable text file."
        ) from error
    if not content:
        raise ImproperlyConfigured(f"{name}_FILE={file!r} is empty: write the secret into it.")
    return content


def address(name, schemes, default):
    """A secret that is an address, of one of the schemes and complete. What it holds (a password) is never shown."""
    value = secret(name, default)
    try:
        parts = urlsplit(value)
        whole = parts.scheme in schemes and (parts.hostname or parts.path) and (parts.port or True)
    except ValueError:
        whole = False
    if not whole:
        raise ImproperlyConfigured(
            f"{name} is no address of ours: begin it with {' or '.join(f'{s}://' for s in schemes)}."
        )
    return value


def secret_key(path):
    """SECRET_KEY or SECRET_KEY_FILE, else the key kept in `path`, made there on first use with mode 0600."""
    key, source = secret("SECRET_KEY"), "SECRET_KEY"
    if key is None:
        key, source = _kept_key(Path(path)), str(path)
    if len(key) < SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"{source} holds {len(key)} characters: give it at least {SHORTEST_KEY} random ones."
        )
    return key


def _kept_key(path):
    """Several processes may start at once: whoever links the file first wins, and all of them read that one."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(descriptor, "w", encoding="ascii") as file:
                    file.write(secrets.token_urlsafe(64) + "\n")
                    file.flush()
                    os.fsync(file.fileno())
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        except OSError as error:
            raise ImproperlyConfigured(
                f"SECRET_KEY is not set and {path} cannot be made ({error.strerror}): set SECRET_KEY or SECRET_KEY_FILE."
            ) from error
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read ({error}): mend it, or set SECRET_KEY.") from error


def refuse_public_demo(hosts, proxies):
    """The demonstration's passwords are printed: it is for this machine alone, not behind a proxy and under no public name."""
    public = sorted(set(hosts) - {"127.0.0.1", "localhost", "[::1]", "::1"})
    if public or proxies:
        said = f"the host {public[0]}" if public else "TRUSTED_PROXIES"
        raise ImproperlyConfigured(f"DEMO=1 listens on the loopback only, not for {said}: unset it, or unset DEMO.")
