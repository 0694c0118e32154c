import os
from pathlib import Path

import pytest

from config import valkey


def test_the_socket_stands_in_the_var_folder(tmp_path):
    assert valkey.socket_path("/srv/thong-suot/var") == Path("/srv/thong-suot/var/valkey.sock")


@pytest.mark.parametrize("var", ["/srv/" + "dài" * 40, "/srv/" + "x" * 90, "/srv/a b/var", "/srv/a#b/var"])
def test_a_path_too_long_or_odd_for_a_url_gets_a_short_one_that_stays(monkeypatch, tmp_path, var):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    path = valkey.socket_path(var)
    assert path.parent.parent == Path("/run/user/1")
    assert len(os.fsencode(path)) <= valkey.LONGEST_SOCKET
    assert path == valkey.socket_path(var) != valkey.socket_path(var + "2")


def test_private_folder_is_for_its_owner_only(tmp_path):
    valkey.private_folder(tmp_path / "d")
    valkey.private_folder(tmp_path / "d")
    assert (tmp_path / "d").stat().st_mode & 0o777 == 0o700


def test_private_folder_refuses_a_link_left_by_somebody(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "d").symlink_to(tmp_path / "theirs")
    with pytest.raises(PermissionError):
        valkey.private_folder(tmp_path / "d")


def test_a_server_program_came_with_the_packages():
    assert os.access(valkey.binary(), os.X_OK)


def test_nothing_is_ever_thrown_out_or_kept_in_memory_only(tmp_path):
    command = valkey.command(tmp_path)
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert (options["--appendonly"], options["--maxmemory-policy"], options["--port"]) == ("yes", "noeviction", "0")


def test_nobody_answers_on_a_socket_that_is_not_there(tmp_path):
    assert valkey.answers(tmp_path / "none.sock") is False
