"""CSV as spreadsheets open it: row by row, in their encoding's mark, and nothing in it that they would run."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would run what begins so
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets guess the encoding wrong without it


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: Any) -> Any:
    """Lists with commas between; text that begins like a formula after an apostrophe."""
    if value is None:
        return ""
    text = ", ".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.lstrip(" ").startswith(FORMULA) else text


class _Echo:
    """What csv writes into; it hands each line back."""

    def write(self, line: str) -> str:
        return line
