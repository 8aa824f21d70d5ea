"""Tables as people type or paste them: one row a line, cells divided by | or, from a spreadsheet, by tabs."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_COLUMNS = 8


@dataclass(frozen=True)
class Table:
    head: list[str]
    rows: list[list[str]]

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each cell with its column's title, which stands beside it on phones."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


def read_table(text: str) -> Table:
    """Whatever has been saved is shown: short rows are filled up, long ones cut."""
    lines = _lines(text)
    if not lines:
        return Table([], [])
    width = len(lines[0])
    return Table(lines[0], [(line + [""] * width)[:width] for line in lines[1:]])


def check_table(text: str) -> None:
    lines = _lines(text)
    if len(lines) < 2:
        raise ValidationError(_("Write the titles of the columns in the first line and at least one row below."))
    width = len(lines[0])
    if not 2 <= width <= MOST_COLUMNS:
        raise ValidationError(
            _("The first line has %(number)s columns; a table has between 2 and %(most)s. Divide the cells by |.")
            % {"number": width, "most": MOST_COLUMNS}
        )
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != width:
            raise ValidationError(
                _("Line %(line)s has %(number)s cells, the first line has %(width)s.")
                % {"line": number, "number": len(line), "width": width}
            )


def _lines(text: str) -> list[list[str]]:
    return [_cells(line) for line in text.splitlines() if line.strip()]


def _cells(line: str) -> list[str]:
    divided = line.split("\t") if "\t" in line else line.strip().removeprefix("|").removesuffix("|").split("|")
    return [cell.strip() for cell in divided]
