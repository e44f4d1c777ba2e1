"""Reading content files, and telling their author what is wrong in which file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
SAMPLE_FOLDER = Path(__file__).resolve().parents[1] / "sample"
STARTER_FOLDER = Path(__file__).resolve().parents[1] / "starter"


class ContentError(Exception):
    """A content file cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One content file: its keys, and where it came from for messages."""

    path: Path
    data: Mapping[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        return self.data.get(key, default)

    def required(self, key: str) -> Any:
        """The value of `key`; ContentError where the file has none."""
        if self.data.get(key) in (None, "", {}):
            raise ContentError(f"{self.path.name}: {key} is missing.")
        return self.data[key]

    def text(self, value: Any, language: str) -> str:
        """A text in one language: from a mapping of languages, or the same string in all. Empty where there is none."""
        if value is None:
            return ""
        if isinstance(value, Mapping):
            if unknown := set(value) - set(LANGUAGES):
                raise ContentError(f"{self.path.name}: no such language: {', '.join(sorted(map(str, unknown)))}.")
            value = value.get(language) or ""
        return str(value).strip()


def read(path: Path) -> Entry:
    """The file at `path`. ContentError for bad YAML or anything but a mapping."""
    data = _load(path)
    if not isinstance(data, dict):
        raise ContentError(f"{path.name}: a mapping is expected.")
    return Entry(path, data)


def read_list(path: Path) -> Iterator[Entry]:
    """The items of a file that is a list of mappings; none where there is no file."""
    for item in _load(path) or () if path.exists() else ():
        if not isinstance(item, dict):
            raise ContentError(f"{path.name}: a list of mappings is expected.")
        yield Entry(path, item)


def read_folder(folder: Path) -> Iterator[Entry]:
    """Every YAML file of `folder`, by name; none where the folder does not exist."""
    for path in sorted(folder.glob("*.yaml")):
        yield read(path)


def _load(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: {error}") from error
