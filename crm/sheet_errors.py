"""Refusals of sheets that people send to be imported, and of customers that are to be one: each says what is the case,
so that people can mend it.
"""

from __future__ import annotations

from crm.errors import CrmError


class NotASheet(CrmError):
    """The content is no xlsx and no CSV, whatever its name says. Facts: `name`."""

    key = "not_a_sheet"


class OldSheet(CrmError):
    """The sheet is of the old format, or locked by a password. Facts: `name`."""

    key = "old_sheet"


class SheetBroken(CrmError):
    """The sheet cannot be read: it was cut off, or is not what its parts say. Facts: `name`."""

    key = "sheet_broken"


class SheetTooLarge(CrmError):
    """The sheet holds more than is read. Facts: `name`, `rows`, `columns`."""

    key = "sheet_too_large"


class SheetUnpacksTooFar(CrmError):
    """The file is small and what is packed in it is not. Facts: `name`, `most`."""

    key = "sheet_unpacks_too_far"


class SheetHasDoctype(CrmError):
    """A part of the sheet brings definitions of its own, which no office program writes. Facts: `name`."""

    key = "sheet_has_doctype"


class FarCell(CrmError):
    """A cell stands far outside of what is read. Facts: `name`, `cell`, `rows`, `columns`, `cells`."""

    key = "far_cell"


class TooManySheets(CrmError):
    """The file holds more sheets than anybody imports. Facts: `name`, `count`, `most`."""

    key = "too_many_sheets"


class SheetEmpty(CrmError):
    """There is no row of data. Facts: `name`."""

    key = "sheet_empty"


class NoHeads(CrmError):
    """No row of heads was recognised among the first. Facts: `name`, `seen`."""

    key = "no_heads"


class WidthChanges(CrmError):
    """A row of a CSV has another number of cells than its heads. Facts: `name`, `line`, `count`, `wanted`."""

    key = "width_changes"


class LineTooLong(CrmError):
    """A line, or a cell, of a CSV is longer than any that people write. Facts: `name`, `line`."""

    key = "line_too_long"


class SheetHasNul(CrmError):
    """A CSV holds NUL characters: it is no text, or was cut off. Facts: `name`."""

    key = "sheet_has_nul"


class UnknownEncoding(CrmError):
    """A CSV is in none of the encodings that are known. Facts: `name`."""

    key = "unknown_encoding"


class SheetTooSlow(CrmError):
    """Reading the sheet took longer, or more memory, than it is given. Facts: `name`."""

    key = "sheet_too_slow"


class ImportBroke(CrmError):
    """Something went wrong that is no fault of the sheet. Facts: `name`, `id` of what the log tells more of."""

    key = "import_broke"


class NothingToImport(CrmError):
    """No sheet waits for its sender's word here."""

    key = "nothing_to_import"


class ImportStale(CrmError):
    """The sheet was imported or left alone before, or its file was taken back."""

    key = "import_stale"


class ImportNeedsSuperior(CrmError):
    """The write policies leave what a sheet would write to a superior. Facts: `kinds`."""

    key = "import_needs_superior"


class SameCustomer(CrmError):
    """Two names that are to be merged mean one customer already. Facts: `name`."""

    key = "same_customer"


SHEET_REFUSALS: dict[str, type[CrmError]] = {
    refusal.key: refusal
    for refusal in (
        NotASheet,
        OldSheet,
        SheetBroken,
        SheetTooLarge,
        SheetUnpacksTooFar,
        SheetHasDoctype,
        FarCell,
        TooManySheets,
        SheetEmpty,
        NoHeads,
        WidthChanges,
        LineTooLong,
        SheetHasNul,
        UnknownEncoding,
        SheetTooSlow,
    )
}
