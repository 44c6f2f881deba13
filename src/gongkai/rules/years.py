"""The years that the statutes know."""

from __future__ import annotations

# Order 492 (政府信息公开条例) came into force on 2008-05-01: no year before it has figures, reports or confirmations.
FIRST_YEAR = 2008
