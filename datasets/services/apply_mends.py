"""Do the recorded steps of a version that waits for them: the beginning of its first task."""

import tempfile
from pathlib import Path

from datasets.models import State, Version
from datasets.selectors import crosswalk
from datasets.tabular.findings import write_mended

from .receive_file import receive_file


def apply_mends(version: Version) -> Version:
    """The version with mended bytes of its own, their dialect, and how many cells each step changed. Safe to run again."""
    waiting = [step for step in version.mends if step["cells"] is None]
    if not waiting:
        return version
    described = {"dialect": version.dialect, "schema": version.schema}
    wanted = [(step["column"], step["kind"]) for step in waiting]
    with tempfile.TemporaryDirectory(prefix="mended-") as folder:
        target = Path(folder) / "mended.csv"
        dialect, done = write_mended(version.data_file.absolute_path, described, wanted, target, crosswalk())
        with target.open("rb") as stream:
            version.data_file = receive_file(stream=stream, filename=version.filename)
    for step, result in zip(waiting, done, strict=True):
        step["cells"] = result["cells"]
    rows = Version.objects.filter(pk=version.pk, state=State.RECEIVED)
    rows.update(data_file=version.data_file, dialect=dialect, mends=version.mends)
    return Version.objects.get(pk=version.pk)
