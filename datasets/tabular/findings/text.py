"""Files of text that are kept without a table: who could be reached by what stands in them?"""

import re
from pathlib import Path

from . import people
from .contract import SHOWN, Finding, Findings

SCANNED_BYTES = 16 << 20
_PATTERNS = {"phone": re.compile(people.PHONE), "email": re.compile(people.EMAIL)}


def find_in_text(path: Path, media_type: str, *, refused: bool) -> Findings:
    """Telephone numbers and e-mail addresses by line; "unchecked" where a table was `refused` or the text is too long to be read.

    Nothing for files that are not text.
    """
    if not (media_type.startswith("text/") or media_type.endswith(("json", "xml"))):
        return Findings()
    with path.open("rb") as file:
        data = file.read(SCANNED_BYTES)
        long = bool(file.read(1))
    found = {kind: Finding("", kind) for kind in (*_PATTERNS, "unchecked")}
    for number, line in enumerate(data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace").splitlines(), 1):
        for kind, pattern in _PATTERNS.items():
            for match in pattern.finditer(line):
                found[kind].count += 1
                if len(found[kind].examples) < SHOWN:
                    found[kind].examples.append((number, people.masked(match[0].strip()), None))
    found["unchecked"].count = int(refused or long)
    return Findings([one for one in found.values() if one.count])
