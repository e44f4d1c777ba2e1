"""A dataset of another catalogue in one shape, whatever protocol it came by."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RemoteResource:
    """A file elsewhere; `names` and `descriptions` by our language codes."""

    remote_id: str
    url: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    format: str = ""


@dataclass(frozen=True, slots=True)
class RemoteDataset:
    """`fields` as `create_dataset` takes them, without the licence, which is named by `licence`: CKAN's code or the terms' address."""

    remote_id: str
    name: str
    page: str
    fields: Mapping[str, Any]
    licence: str = ""
    tags: Sequence[str] = ()
    resources: Sequence[RemoteResource] = ()

    @property
    def digest(self) -> str:
        """The same for the same content, whatever order its parts came in."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Batch:
    """One step of reading a catalogue.

    `cursor`: where the next step begins, None after the last. `present`: ids that are there but need no look, because nothing changed.
    `failed`: remote id -> why it could not be understood. `memory` is kept for the next run once this one is through.
    """

    datasets: Sequence[RemoteDataset]
    cursor: Mapping[str, Any] | None
    present: Sequence[str] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    memory: Mapping[str, Any] = field(default_factory=dict)


class HarvestError(Exception):
    """The catalogue cannot be read; the words are for the run's log."""
