"""How a command ends when it cannot do its work, or when a rule refuses."""

from __future__ import annotations

FOUND = 1
FAILED = 2
INTERRUPTED = 130


class CommandError(Exception):
    """The command cannot do its work. The message is one clear sentence; `code` is 2, or 1 for a refusal by a rule."""

    def __init__(self, sentence: str, *, code: int = FAILED) -> None:
        super().__init__(sentence)
        self.code = code
