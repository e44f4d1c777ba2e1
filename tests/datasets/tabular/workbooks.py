"""Workbooks in formats that no locked library writes: just enough of each for a reader to open it."""

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Cell = str | float


def ods(sheets: dict[str, Sequence[Sequence[Cell]]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """`merged` as in `xls`, on every sheet."""

    def cell(row: int, column: int, value: Cell) -> str:
        span = ""
        for top, bottom, left, right in merged:
            if top <= row <= bottom and left <= column <= right:
                if (row, column) != (top, left):
                    return "<table:covered-table-cell/>"
                span = f' table:number-rows-spanned="{bottom - top + 1}" table:number-columns-spanned="{right - left + 1}"'
        kind = 'office:value-type="string"' if isinstance(value, str) else f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}{span}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"'
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            f"<table:table-row>{''.join(cell(number, column, value) for column, value in enumerate(row))}</table:table-row>"
            for number, row in enumerate(rows)
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>')
    return target.getvalue()


def xls(name: str, rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """BIFF8 in an OLE file: what Excel 97-2003 saved. `merged`: first row, last row, first column, last column, from 0."""

    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    def text(value: str, length: str) -> bytes:
        return struct.pack(f"<{length}B", len(value), 1) + value.encode("utf-16-le")

    def cell(row: int, column: int, value: Cell) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        return record(0x204, place + text(value, "H")) if isinstance(value, str) else record(0x203, place + struct.pack("<d", value))

    cells = [cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values) if value != ""]
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    sheet += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)) + b"".join(cells)
    sheet += record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *area) for area in merged)) + record(0x0A, b"")
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + record(0x42, struct.pack("<H", 1200))
    offset = len(start) + 4 + 6 + len(text(name, "B")) + 4
    stream = start + record(0x85, struct.pack("<IH", offset, 0) + text(name, "B")) + record(0x0A, b"") + sheet
    stream += b"\0" * (max(4096, -(-len(stream) // 512) * 512) - len(stream))
    return _ole(stream)


def _ole(stream: bytes) -> bytes:
    """A compound file with one stream: header, one sector of allocation table, one of directory, then the stream."""
    sectors = len(stream) // 512
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end, *range(3, sectors + 2), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + struct.pack("<I", free) * 108

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        spelled = (name + "\0").encode("utf-16-le") if name else b""
        data = spelled.ljust(64, b"\0") + struct.pack("<HBB", len(spelled), kind, 1) + struct.pack("<III", free, free, child)
        return data + bytes(36) + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream)) + entry("", 0, free, 0, 0) * 2
    return header + struct.pack("<128I", *table, *[free] * (128 - len(table))) + directory + stream
