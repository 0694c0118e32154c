"""One archive: a plain tar of the dumped database, the files its rows name, and last a manifest with every checksum.

Nothing in here knows Django. What is read is judged first: names that lead out of the folder, a member that is missing
or whose checksum differs, an archive that broke off. Written under another name first, so that a half one is never taken
for a whole one.
"""

import contextlib
import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
FILES = "files/"
CHUNK = 1024 * 1024


class Refusal(Exception):
    """What stops a back-up or a restore, in one Vietnamese sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Facts:
    """What one moment of the database held: `files` are the rows (path, size, sha256) of every stored file."""

    migrations: list
    counts: dict
    files: list


@dataclass
class Manifest:
    """What the archive holds and where it comes from. `lost` names files that were already missing or changed on disk."""

    version: str
    made_at: str
    engine: str
    database: str
    migrations: list
    counts: dict
    key_mark: str
    members: dict = field(default_factory=dict)
    lost: list = field(default_factory=list)
    format: int = FORMAT


class Hashing:
    """Reads from a file and hashes what went through."""

    def __init__(self, source):
        self.source, self.digest, self.size = source, hashlib.sha256(), 0

    def read(self, size=-1):
        data = self.source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


def _add(tar, name, source, size):
    """Add what `source` reads as one member; returns {size, sha256}."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    reader = Hashing(source)
    tar.addfile(member, reader)
    return {"size": reader.size, "sha256": reader.digest.hexdigest()}


def write_archive(target, manifest, dump, facts, media_root):
    """Write `target` (mode 0600) from the dumped database and the files its rows name; fills and returns the manifest.

    A file that is missing or no longer what its row says does not stop the back-up of all others: it stands in `lost`.
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                with dump.open("rb") as source:
                    manifest.members[manifest.database] = _add(tar, manifest.database, source, dump.stat().st_size)
                for path, size, sha256 in facts.files:
                    if not _add_file(tar, manifest, Path(media_root), path, size, sha256):
                        manifest.lost.append(path)
                text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
                _add(tar, MANIFEST, BytesIO(text), len(text))
                seal = hashlib.sha256(text).hexdigest().encode()
                _add(tar, SEAL, BytesIO(seal), len(seal))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)  # refuses to overwrite
        sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _add_file(tar, manifest, media_root, path, size, sha256):
    """False when the file is not what its row says; then it is not in the archive, or not under a promise."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), (media_root / path).open("rb") as source:
        if os.fstat(source.fileno()).st_size != size:
            return False
        manifest.members[FILES + path] = found = _add(tar, FILES + path, source, size)
        return found["sha256"] == sha256
    return False


def sync_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_manifest(tar):
    """The manifest of an open archive. Refuses what is no archive of ours, broke off, or was changed."""
    try:
        text, seal = (tar.extractfile(name).read() for name in (MANIFEST, SEAL))
        if hashlib.sha256(text).hexdigest().encode() != seal:
            raise Refusal("Bản sao lưu bị hỏng: bản kê không khớp mã kiểm tra. Hãy dùng bản khác.")
        facts = json.loads(text)
        if facts.get("format") != FORMAT:
            raise Refusal(
                "Bản sao lưu thuộc định dạng mới hơn phần mềm này. Hãy nâng cấp phần mềm trước khi khôi phục."
            )
        return Manifest(**facts)
    except (KeyError, TypeError, ValueError, AttributeError, tarfile.TarError, EOFError) as error:
        raise Refusal(
            "Tệp không phải bản sao lưu hoàn chỉnh của Thông Suốt (thiếu bản kê). Hãy dùng bản khác."
        ) from error


@contextlib.contextmanager
def opened(path):
    """Yield (tar, manifest) of the archive at `path`."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar, read_manifest(tar)
    except FileNotFoundError as error:
        raise Refusal(f"Không có tệp {path}.") from error
    except (tarfile.TarError, EOFError) as error:
        raise Refusal(f"{path} không phải bản sao lưu, hoặc đã bị cắt cụt. Hãy dùng bản khác.") from error
    except IsADirectoryError as error:
        raise Refusal(f"{path} là thư mục; hãy ghi tên một tệp sao lưu.") from error


def verify(tar, manifest):
    """Read every member once and compare its checksum. Refuses at the first that is missing, changed or badly named."""
    for name, promised in manifest.members.items():
        _refuse_outside(name)
        try:
            reader = Hashing(tar.extractfile(name))
        except (KeyError, AttributeError) as error:
            raise Refusal(f"Bản sao lưu bị hỏng: thiếu “{name}”. Hãy dùng bản khác.") from error
        while reader.read(CHUNK):
            pass
        if (reader.size, reader.digest.hexdigest()) != (promised["size"], promised["sha256"]):
            raise Refusal(f"Bản sao lưu bị hỏng: “{name}” không khớp mã kiểm tra. Hãy dùng bản khác.")
    if manifest.database not in manifest.members:
        raise Refusal("Bản sao lưu bị hỏng: không có cơ sở dữ liệu. Hãy dùng bản khác.")


def _refuse_outside(name):
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise Refusal(f"Bản sao lưu bị hỏng: tên “{name}” chỉ ra ngoài thư mục. Hãy dùng bản khác.")


def missing_files(manifest, facts):
    """The stored files that the database of this archive names and the archive does not hold as they were."""
    whole = {name: promised for name, promised in manifest.members.items() if name.startswith(FILES)}
    return [
        path
        for path, size, sha256 in facts.files
        if whole.get(FILES + path) != {"size": size, "sha256": sha256} and path not in manifest.lost
    ]


def put_back_files(tar, manifest, media_root):
    """Write the archive's files where they belong; one that is there already and whole stays. Returns how many were written."""
    written = 0
    for name, promised in manifest.members.items():
        if not name.startswith(FILES):
            continue
        path = Path(media_root) / name.removeprefix(FILES)
        if path.exists() and _same(path, promised):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.part")
        with tar.extractfile(name) as source, draft.open("wb") as target:
            os.chmod(draft, 0o640)
            while data := source.read(CHUNK):
                target.write(data)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
        sync_folder(path.parent)
        written += 1
    return written


def _same(path, promised):
    with path.open("rb") as file:
        return (
            os.fstat(file.fileno()).st_size == promised["size"]
            and hashlib.file_digest(file, "sha256").hexdigest() == promised["sha256"]
        )
