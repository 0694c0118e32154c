import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("Yes", True), ("true", True), ("0", False), ("no", False)]
)
def test_flag_understands(monkeypatch, written, meant):
    monkeypatch.setenv("DEBUG", written)
    assert env.flag("DEBUG", not meant) is meant


@pytest.mark.parametrize("written", ["on", "2", "flase", "đúng"])
def test_flag_refuses_what_is_neither_yes_nor_no(monkeypatch, written):
    monkeypatch.setenv("DEBUG", written)
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG=.*write DEBUG=1 or DEBUG=0\.$"):
        env.flag("DEBUG", False)


@pytest.mark.parametrize("written", ["0", "65536", "-1", "8o00", "8000.0", "８０００", "1e3"])
def test_number_refuses_what_is_out_of_range_or_no_number(monkeypatch, written):
    monkeypatch.setenv("PORT", written)
    with pytest.raises(ImproperlyConfigured, match=r"^PORT=.*whole number from 1 to 65535\.$"):
        env.number("PORT", 8000, 1, 65535)


def test_choice_names_the_options(monkeypatch):
    monkeypatch.setenv("SMTP_SECURITY", "ssl")
    with pytest.raises(ImproperlyConfigured, match="write one of none, starttls, tls"):
        env.choice("SMTP_SECURITY", ("none", "starttls", "tls"), "none")


def test_an_empty_variable_counts_as_absent(monkeypatch):
    for name in ("A", "B", "C", "D", "E", "E_FILE"):
        monkeypatch.setenv(name, "  ")
    read = (
        env.text("A", "x"),
        env.flag("B", True),
        env.number("C", 7, 1, 9),
        env.listing("D", ["y"]),
        env.secret("E", "z"),
    )
    assert read == ("x", True, 7, ["y"], "z")


def test_listing_drops_blanks(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.vn, ,b.vn,")
    assert env.listing("ALLOWED_HOSTS") == ["a.vn", "b.vn"]


def test_folder_refuses_a_file(monkeypatch, tmp_path):
    (tmp_path / "x").write_text("")
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "x"))
    with pytest.raises(ImproperlyConfigured, match="is not a folder"):
        env.folder("MEDIA_ROOT", tmp_path)


@pytest.mark.parametrize(
    "written",
    ["mysql://u:mat-khau@h/n", "postgresql:", "h/n", "postgresql://h:8o/n", "postgresql://h:99999/n", "http://h/n"],
)
def test_address_refuses_another_kind_and_shows_no_password(monkeypatch, written):
    monkeypatch.setenv("DATABASE_URL", written)
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL .* postgresql:// or sqlite://\.$") as refusal:
        env.address("DATABASE_URL", ["postgresql", "sqlite"], "")
    assert "mat-khau" not in str(refusal.value)


@pytest.mark.parametrize(
    "written", ["postgresql://u:p%40@h:5432/n", "sqlite:////var/db.sqlite3", "postgresql://[::1]/n"]
)
def test_address_understands(monkeypatch, written):
    monkeypatch.setenv("DATABASE_URL", written)
    assert env.address("DATABASE_URL", ["postgresql", "sqlite"], "") == written


class TestSecret:
    def test_is_read_from_the_file_that_is_named(self, monkeypatch, tmp_path):
        (tmp_path / "s").write_text("mật khẩu\n")
        monkeypatch.setenv("SMTP_PASSWORD_FILE", str(tmp_path / "s"))
        assert env.secret("SMTP_PASSWORD") == "mật khẩu"

    def test_twice_is_refused(self, monkeypatch, tmp_path):
        monkeypatch.setenv("SMTP_PASSWORD", "a")
        monkeypatch.setenv("SMTP_PASSWORD_FILE", str(tmp_path / "s"))
        with pytest.raises(ImproperlyConfigured, match="keep one of them"):
            env.secret("SMTP_PASSWORD")

    @pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
    def test_file_that_holds_none_is_refused(self, monkeypatch, tmp_path, content):
        if content is not None:
            (tmp_path / "s").write_bytes(content)
        monkeypatch.setenv("SMTP_PASSWORD_FILE", str(tmp_path / "s"))
        with pytest.raises(ImproperlyConfigured, match=r"^SMTP_PASSWORD_FILE="):
            env.secret("SMTP_PASSWORD")


class TestSecretKey:
    @pytest.fixture(autouse=True)
    def _not_given(self, monkeypatch):
        monkeypatch.delenv("SECRET_KEY", raising=False)
        monkeypatch.delenv("SECRET_KEY_FILE", raising=False)

    def test_is_made_once_and_only_its_owner_may_read_it(self, tmp_path):
        path = tmp_path / "var" / "secret_key"
        key = env.secret_key(path)
        assert len(key) >= env.SHORTEST_KEY
        assert env.secret_key(path) == key
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [file.name for file in path.parent.iterdir()] == ["secret_key"]

    def test_is_the_same_for_all_who_start_at_once(self, tmp_path):
        with ThreadPoolExecutor(16) as pool:
            keys = set(pool.map(lambda _: env.secret_key(tmp_path / "secret_key"), range(64)))
        assert len(keys) == 1

    def test_short_one_is_refused(self, monkeypatch, tmp_path):
        monkeypatch.setenv("SECRET_KEY", "changeme")
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY holds 8 characters"):
            env.secret_key(tmp_path / "secret_key")

    def test_file_cut_short_is_refused_and_not_replaced(self, tmp_path):
        path = tmp_path / "secret_key"
        path.write_text("")
        with pytest.raises(ImproperlyConfigured, match="holds 0 characters"):
            env.secret_key(path)
        assert path.read_text() == ""

    def test_folder_that_cannot_be_made_is_told(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(ImproperlyConfigured, match="set SECRET_KEY or SECRET_KEY_FILE"):
            env.secret_key(tmp_path / "file" / "secret_key")
