"""A QR code as the outline of an SVG drawing: no style of its own, so that our Content-Security-Policy lets it be."""

from __future__ import annotations

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_L
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

QUIET = 4  # modules of white around it, as the standard asks


@dataclass(frozen=True)
class Drawing:
    """A square of `size` by `size`, and what is black in it as an SVG path."""

    size: int
    path: str


def draw(address: str) -> Drawing | None:
    """The QR code of an address; None where it is too long for one."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_L, border=QUIET)
    try:
        code.add_data(address)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return None
    rows = code.get_matrix()
    return Drawing(len(rows), "".join(_run(y, start, end) for y, row in enumerate(rows) for start, end in _runs(row)))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where the black stretches of a row begin and end."""
    edges = [x for x, (one, other) in enumerate(zip([False, *row], [*row, False], strict=True)) if one != other]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _run(y: int, start: int, end: int) -> str:
    return f"M{start} {y}h{end - start}v1h-{end - start}z"
