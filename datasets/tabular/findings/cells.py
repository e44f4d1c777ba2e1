"""Single cells, recognised: each function gives (kind, mended cell), or None where there is nothing to say."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from datasets.tabular.headers import INVISIBLE
from datasets.tabular.inference import KHMER_DIGITS, MISSING_TOKENS

Found = tuple[str, str | None]
NO_DATA = frozenset(MISSING_TOKENS) | {"គ្មានទិន្នន័យ", "មិនមានទិន្នន័យ", "រកមិនឃើញ", "无", "没有", "暂无", "无数据", "未找到"}
NO_DATA_WORDS = frozenset({"not found", "no data", "not available", "n/a", "null"})  # in any case of letters
MAYBE_NO_DATA = rf"(?i)^[\s\u200B\u2060\uFEFF]*(?:{'|'.join(map(re.escape, sorted(NO_DATA | NO_DATA_WORDS)))})[\s\u200B\u2060\uFEFF]*$"

_KHMER_MONTHS = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ"
_ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for names in (_KHMER_MONTHS, _ENGLISH_MONTHS) for number, name in enumerate(names.split(), 1)} | {"កុម្ភះ": 2}
_MONTH = "|".join(MONTHS)
NUMERIC_DATE = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[/.\-]|年)(\d{1,2})(?:[/.\-]|月)(\d{1,2})日?(?:[T ]00:00(?::00)?)?")
_NAMED_DATE = re.compile(rf"(?:ថ្ងៃទី)?\s*(\d{{1,2}})[\s\-]*(?:ខែ)?\s*({_MONTH})[a-z]*[\s\-.,]*(?:ឆ្នាំ)?\s*(\d{{4}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({_MONTH})[a-z]*\.?\s+(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)
_CURRENCIES = {"៛": "KHR", "រៀល": "KHR", "khr": "KHR", "riels": "KHR", "riel": "KHR"}
_CURRENCIES |= {"$": "USD", "usd": "USD", "ដុល្លារ": "USD", "€": "EUR", "¥": "CNY", "元": "CNY"}
_CURRENCY = re.compile("|".join(map(re.escape, _CURRENCIES)), re.IGNORECASE)
_AMOUNT = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:[ ,.']\d{3})+|[1-9]\d*)(?:[.,]\d+)?")


def tidy(cell: str) -> str:
    """Without invisible characters and outer spaces, digits as data has them."""
    return cell.translate(INVISIBLE).translate(KHMER_DIGITS).replace("\u00a0", " ").replace("\u202f", " ").strip()


def no_data(cell: str) -> Found | None:
    """A word for "nothing", in whichever language: the cell should be empty."""
    text = cell.translate(INVISIBLE).strip()
    return ("no-data", "") if text and (text in NO_DATA or text.lower() in NO_DATA_WORDS) else None


def khmer_digits(cell: str) -> Found | None:
    """A value that is right but for its digits, which few programs take for numbers."""
    plain = cell.translate(KHMER_DIGITS)
    return ("khmer-digits", plain) if plain != cell else None


def code(cell: str, known: Collection[str]) -> Found | None:
    """An administrative code that a spreadsheet or a hand has changed; "unknown-code" where no unit has it."""
    if not cell.strip() or cell in known:
        return None
    digits, decimals = tidy(cell).replace(" ", ""), ""
    if whole := re.fullmatch(r"(\d+)([.,]0+)", digits, re.ASCII):
        digits, decimals = whole[1], whole[2]
    if f"0{digits}" in known:
        return "lost-zero", f"0{digits}"
    if digits not in known:
        return "unknown-code", None
    if decimals:
        return "decimal-code", digits
    return ("khmer-digits" if cell.translate(KHMER_DIGITS) != cell else "spaces-in-code"), digits


def day(cell: str, *, month_first: bool = False, serials: bool = False) -> tuple[str, date] | None:
    """A day however it is written: 31/12/2020, ១២ មករា ២០២០, 2020年1月12日, ថ្ងៃទី១២ ខែមករា ឆ្នាំ២៥៦៣, an Excel number (1954 to 2064).

    A Buddhist year is taken less 543, as calendars of programs do.
    """
    text = tidy(cell)
    if match := NUMERIC_DATE.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        numbers = (year, first, second) if month_first else (year, second, first)
    elif match := _YEAR_FIRST.fullmatch(text):
        numbers = int(match[1]), int(match[2]), int(match[3])
    elif match := _NAMED_DATE.fullmatch(text):
        numbers = int(match[3]), MONTHS[match[2].lower()], int(match[1])
    elif match := _MONTH_FIRST.fullmatch(text):
        numbers = int(match[3]), MONTHS[match[1].lower()], int(match[2])
    elif serials and (match := re.fullmatch(r"([2-5]\d{4})(?:\.0+)?", text)):
        return "serial-date", date(1899, 12, 30) + timedelta(days=int(match[1]))
    else:
        return None
    buddhist = 2400 <= numbers[0] <= 2700
    try:
        return "buddhist-year" if buddhist else "date", date(numbers[0] - 543 * buddhist, numbers[1], numbers[2])
    except ValueError:
        return None


def currency_of(cell: str) -> str | None:
    """The currency a cell names, if it names one."""
    found = _CURRENCY.search(cell)
    return _CURRENCIES[found[0].lower()] if found else None


def amount(cell: str) -> Decimal | None:
    """A number or an amount of money however it is written: ៛ 12,000, $1 200.50, 12.000,50. A lone `.000` is thousands beside ៛ only."""
    text = re.sub(r"\s+", " ", _CURRENCY.sub("", tidy(cell))).strip()
    if not _AMOUNT.fullmatch(text):
        return None
    text = text.replace(" ", "").replace("'", "")
    point, comma = text.rfind("."), text.rfind(",")
    if point >= 0 and comma >= 0:
        text = text.replace(",", "") if point > comma else text.replace(".", "").replace(",", ".")
    elif comma >= 0:
        text = text.replace(",", "") if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+", text) else text.replace(",", ".")
    elif text.count(".") > 1 or (currency_of(cell) == "KHR" and re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text)):
        text = text.replace(".", "")
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
