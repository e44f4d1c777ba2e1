"""A Frictionless error as codes that any language can be written from.

``code`` is frictionless's error type. ``expected`` and ``mend`` are ``{"code": …, **context}``:

=================== ======================================================= =============================================
code                expected                                                mend
=================== ======================================================= =============================================
type-error          type (type, format)                                     rewrite-as-type, or a hint's own mend
constraint-error    required, minimum, maximum, exclusive-minimum,          fill-in, raise, lower, choose-listed,
                    exclusive-maximum, min-length, max-length, pattern,     lengthen, shorten, follow-pattern
                    one-of (value: the constraint as text)
unique-error        unique (other_row)                                      change-or-remove-duplicate
primary-key         unique-key (other_row), or filled-key                   change-or-remove-duplicate, fill-in-key
foreign-key         in-other-table (fields, reference, reference_fields)    add-or-correct-value
missing-cell        as-many-cells                                           add-cell
extra-cell          as-many-cells                                           remove-cell-or-quote
blank-row           no-blank-row                                            remove-row
blank-header        header                                                  add-header
blank-label         label (field)                                           name-column
duplicate-label     unique-labels (numbers)                                 rename-column
incorrect-label     label (field)                                           rename-to
missing-label       label (field)                                           add-column
extra-label         no-such-column                                          remove-column-or-extend-schema
encoding-error      encoding                                                save-as-utf-8
row-error           comparable                                              correct-row
any other           valid-source (note)                                     check-file
=================== ======================================================= =============================================

``hints`` say what probably happened to the cell: ``lost-leading-zero`` (suggestion), ``decimal-code`` (suggestion),
``khmer-digits`` (suggestion), ``outer-spaces`` (suggestion), ``invisible-characters`` (suggestion), ``amount`` (suggestion),
``date`` (suggestion), ``stands-for-missing`` (token).
"""

import re
from collections.abc import Mapping
from typing import Any

from .contract import Explanation
from .hints import hints_for

_CONSTRAINTS = {
    "required": ("required", "fill-in"),
    "minimum": ("minimum", "raise"),
    "maximum": ("maximum", "lower"),
    "exclusiveMinimum": ("exclusive-minimum", "raise"),
    "exclusiveMaximum": ("exclusive-maximum", "lower"),
    "minLength": ("min-length", "lengthen"),
    "maxLength": ("max-length", "shorten"),
    "pattern": ("pattern", "follow-pattern"),
    "enum": ("one-of", "choose-listed"),
}
_SIMPLE = {
    "missing-cell": ("as-many-cells", "add-cell"),
    "extra-cell": ("as-many-cells", "remove-cell-or-quote"),
    "blank-row": ("no-blank-row", "remove-row"),
    "blank-header": ("header", "add-header"),
    "extra-label": ("no-such-column", "remove-column-or-extend-schema"),
    "encoding-error": ("encoding", "save-as-utf-8"),
    "row-error": ("comparable", "correct-row"),
}
_LABELS = {"blank-label": "name-column", "incorrect-label": "rename-to", "missing-label": "add-column"}
_TYPE_NOTE = re.compile(r'type is "([^/"]+)/(.*)"', re.DOTALL)
_CONSTRAINT_NOTE = re.compile(r'constraint "(\w+)" is "(.*)"', re.DOTALL)
_OTHER_ROW = re.compile(r"at position (\d+)")


def explain(error: Mapping[str, Any]) -> Explanation:
    """What is wrong, what was expected and how to mend it, from an error descriptor of a report."""
    code = str(error.get("type", "error"))
    expected, mend = _expectation(code, error)
    cell = error.get("cell")
    hints = hints_for(str(cell), expected) if cell is not None and code in ("type-error", "constraint-error") else []
    rows = error.get("rowNumbers") or [None]
    return Explanation(
        code=code,
        row=error.get("rowNumber", rows[0]),
        field=error.get("fieldName") or error.get("label") or None,
        cell=cell,
        field_number=error.get("fieldNumber"),
        expected=expected,
        mend=mend,
        hints=hints,
    )


def _expectation(code: str, error: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    note = str(error.get("note", ""))
    if code in _SIMPLE:
        expected, mend = _SIMPLE[code]
        return {"code": expected}, {"code": mend}
    if code in _LABELS:
        field = error.get("fieldName")
        return {"code": "label", "field": field}, {"code": _LABELS[code], "field": field}
    if code == "type-error" and (match := _TYPE_NOTE.fullmatch(note)):
        wanted = {"type": match[1], "format": match[2]}
        return {"code": "type", **wanted}, {"code": "rewrite-as-type", **wanted}
    if code == "constraint-error" and (match := _CONSTRAINT_NOTE.fullmatch(note)) and match[1] in _CONSTRAINTS:
        expected, mend = _CONSTRAINTS[match[1]]
        return {"code": expected, "value": match[2]}, {"code": mend, "value": match[2]}
    if code in ("unique-error", "primary-key"):
        if found := _OTHER_ROW.search(note):
            unique = "unique" if code == "unique-error" else "unique-key"
            return {"code": unique, "other_row": int(found[1])}, {"code": "change-or-remove-duplicate", "other_row": int(found[1])}
        return {"code": "filled-key"}, {"code": "fill-in-key"}
    if code == "duplicate-label":
        numbers = [int(number) for number in re.findall(r"\d+", note)]
        return {"code": "unique-labels", "numbers": numbers}, {"code": "rename-column", "numbers": numbers}
    if code == "foreign-key":
        context = {
            "fields": error.get("fieldNames", []),
            "reference": error.get("referenceName", ""),
            "reference_fields": error.get("referenceFieldNames", []),
        }
        return {"code": "in-other-table", **context}, {"code": "add-or-correct-value", **context}
    return {"code": "valid-source", "note": note}, {"code": "check-file"}
