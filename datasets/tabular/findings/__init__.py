"""What a schema cannot say: cells that were meant otherwise, and cells that are about people. Pure: the crosswalk is passed in.

    found = find(path, descriptor, crosswalk)                       # Findings: what could be mended, what must be looked at
    steps = write_mended(path, descriptor, wanted, target, crosswalk)   # the same rows with the wanted mends, as CSV in UTF-8

The meaning of a column stands in its Table Schema field as `kind`: "administrative-code" or "person-count" (`suggest_kinds` proposes).
Kinds of findings: `MENDS` (offered), "unknown-code", "other-edition", "mixed-currencies" (told), `HOLDS` (hold the file).
"""

from .columns import suggest_kinds
from .contract import HOLDS, KINDS, MENDS, Finding, Findings
from .mending import write_mended
from .scanning import find
from .text import find_in_text

__all__ = ["HOLDS", "KINDS", "MENDS", "Finding", "Findings", "find", "find_in_text", "suggest_kinds", "write_mended"]
