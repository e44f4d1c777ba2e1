"""Which encoding a text file is in. UTF-8 is proved over the whole file; anything older is a guess that a person confirms."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from .contract import Problem
from .media import utf16_without_mark

_CHUNK = 1 << 20
_LEGACY = ("cp1252", "gb18030", "big5", "cp874", "cp1258", "shift_jis", "euc_kr", "cp1251", "cp1250")


@dataclass(frozen=True, slots=True)
class Encoding:
    """``name`` as Python spells it (None: cannot be decoded), whether it is certain, and what to tell."""

    name: str | None
    certain: bool
    problem: Problem | None = None


def detect_encoding(path: Path, head: bytes) -> Encoding:
    """Marks first, then proof of UTF-8 over every byte, then an informed guess among legacy encodings."""
    if head.startswith(codecs.BOM_UTF8):
        return _proved(path, "utf-8-sig")
    if head.startswith((codecs.BOM_UTF32_LE, b"\x00\x00\xfe\xff")):
        return _proved(path, "utf-32")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _proved(path, "utf-16")
    if unmarked := utf16_without_mark(head):
        found = _proved(path, unmarked)
        return Encoding(found.name, False, found.problem or _guessed(unmarked, []))
    offset = first_undecodable(path, "utf-8")
    if offset is None:
        return Encoding("utf-8", True)
    return _guess(path, offset)


def first_undecodable(path: Path, encoding: str) -> int | None:
    """The offset of the first byte that ``encoding`` cannot decode (None: it decodes everything). Reads in chunks."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    done = 0
    pending = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, not chunk)
            except UnicodeDecodeError as error:
                return max(0, done - pending + error.start)
            except UnicodeError:
                return 0
            if not chunk:
                return None
            done += len(chunk)
            state = decoder.getstate()[0]
            pending = len(state) if isinstance(state, bytes) else 0


def row_at(path: Path, offset: int) -> int:
    """The number of the line that holds a byte, from 1."""
    line = 1
    with path.open("rb") as file:
        while offset > 0 and (chunk := file.read(min(_CHUNK, offset))):
            line += chunk.count(b"\n")
            offset -= len(chunk)
    return line


def _proved(path: Path, encoding: str) -> Encoding:
    offset = first_undecodable(path, encoding)
    return Encoding(encoding, True) if offset is None else Encoding(None, False, undecodable(path, encoding, offset))


def undecodable(path: Path, encoding: str, offset: int) -> Problem:
    """The problem to show for a byte that breaks the encoding of its file."""
    row = row_at(path, offset)
    return Problem("encoding-unknown", {"encoding": encoding, "offset": offset, "row": row}, row=row)


def _guessed(encoding: str, alternatives: list[str]) -> Problem:
    return Problem("encoding-guessed", {"encoding": encoding, "alternatives": alternatives})


def _guess(path: Path, offset: int) -> Encoding:
    with path.open("rb") as file:
        file.seek(max(0, offset - 2_000))
        window = file.read(64 << 10)
        file.seek(0)
        start = file.read(64 << 10)
    if _mostly_utf8(window):
        return Encoding(None, False, undecodable(path, "utf-8", offset))
    candidates = _ranked(start if start != window and offset < len(start) else window)
    for index, name in enumerate(candidates):
        if first_undecodable(path, name) is None:
            others = [other for other in dict.fromkeys((*candidates, *_LEGACY)) if other != name]
            return Encoding(name, False, _guessed(name, others[index:][:5]))
    return Encoding(None, False, undecodable(path, "utf-8", offset))


def _mostly_utf8(window: bytes) -> bool:
    """A UTF-8 file with a few broken bytes must not be read as Western letters: Khmer would become soup."""
    text = window.decode("utf-8", "replace")
    broken = text.count("�")
    sound = sum(1 for character in text if ord(character) > 127) - broken
    return sound > 4 * broken


def _ranked(window: bytes) -> list[str]:
    """Likely encodings, best first. Windows-1252 is preferred on short text, where statistics mean nothing."""
    from charset_normalizer import from_bytes

    high = sum(1 for byte in window if byte > 127)
    found = [match.encoding for match in from_bytes(window, cp_isolation=list(_LEGACY))] if high >= 8 else []
    letters = "".join(chr(byte) for byte in window if byte > 127)
    western = sum(1 for letter in letters if letter in "éèêëàâäîïôöûüùçñáíóúßåøæÉÀÇÖÜÄ°²³€" or 0x91 <= ord(letter) <= 0x96)
    if _common_chinese(window):
        found.insert(0, "gb18030")
    if high < 8 or western > 0.6 * high:
        found.insert(0, "cp1252")
    return list(dict.fromkeys([*found, "cp1252", "gb18030", "latin-1"]))


def _common_chinese(window: bytes) -> bool:
    """Whether all letters are pairs of GB 2312 and most of them its common characters, not all in the rows where Korean has its syllables.

    A few names in Chinese are too little for statistics, which take them for Korean.
    """
    pairs = re.findall(rb"[\xa1-\xf7][\xa1-\xfe]", window)
    common = sum(0xB0 <= pair[0] <= 0xD7 for pair in pairs)
    beyond_korean = sum(0xC9 <= pair[0] <= 0xD7 for pair in pairs)
    whole = 2 * len(pairs) >= sum(byte > 127 for byte in window) - 1  # the window may cut one
    return len(pairs) >= 4 and whole and common > 0.8 * len(pairs) and beyond_korean > 0.05 * len(pairs)
