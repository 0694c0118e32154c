"""Where the embedded Valkey listens."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST_SOCKET = 100


def socket_path(var_dir):
    """The Unix socket of the Valkey of this `var` folder; a long path gets a short one (the system refuses over ~107 bytes)."""
    near = Path(var_dir) / "valkey.sock"
    if len(os.fsencode(near)) <= LONGEST_SOCKET:
        return near
    short = hashlib.sha256(os.fsencode(Path(var_dir).resolve())).hexdigest()[:16]
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"thongsuot-{short}.sock"
