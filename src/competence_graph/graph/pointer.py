"""The pointer file: which built version is in use. It is replaced last, in one step, so a failed build changes nothing."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "current.json"


@dataclass(frozen=True, slots=True)
class Current:
    """The version in use: hash of its inputs, folder inside the build folder, time of the build, quads it holds."""

    data_version: str
    folder: str
    built_at: str
    quad_count: int


def read(folder: Path) -> Current | None:
    """Return the version in use, or None when nothing was built or the file is not ours."""
    try:
        return Current(**json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None


def write(folder: Path, current: Current) -> None:
    """Replace the pointer; a reader sees the old one or the new one, never a half."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".current-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(current), file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(folder / FILE_NAME)
