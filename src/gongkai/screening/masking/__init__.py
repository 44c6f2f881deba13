"""A masked copy of a file: numbers covered, hidden content left out, then read and screened again.

`mask` is the entry. One module makes the copy of each type; `checking` makes sure that nothing that was covered is left
in any part of it.
"""

from __future__ import annotations

from gongkai.screening.masking.copying import MASKABLE, mask
from gongkai.screening.masking.covers import NotMasked

__all__ = ["MASKABLE", "NotMasked", "mask"]
