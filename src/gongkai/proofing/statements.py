"""The figures of a report's text as statements: what each counts, its scope, and how it stands to the others.

The grammar is described, and shown on more than 300 sentences, in docs/reference/proofing-statements.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.proofing.folding import Compact, compact
from gongkai.proofing.report import Paragraph, Statement
from gongkai.proofing.statement_drafts import MOST, Context, Draft, as_statement
from gongkai.proofing.statement_reader import Reader

__all__ = ["MOST", "Context", "find", "find_in_text"]


def find(paragraphs: Iterable[Paragraph], context: Context) -> tuple[Statement, ...]:
    """Return the statements of the running text, in order."""
    drafts: list[tuple[Draft, Compact]] = []
    heading = part = ""
    for paragraph in paragraphs:
        if paragraph.kind == "heading":
            part, heading = (paragraph.text, "") if paragraph.level == 1 else (part, paragraph.text)
        if paragraph.kind != "text":
            continue
        if len(drafts) >= MOST:
            break
        whole = compact(paragraph.text)
        above = compact(part).text + "。" + compact(heading).text
        drafts += [(each, whole) for each in Reader(paragraph, whole.text, above, context).read()]
    for position, (draft, _) in enumerate(drafts):
        draft.position = position
    return tuple(as_statement(draft, whole, context) for draft, whole in drafts)


def find_in_text(text: str, context: Context) -> tuple[Statement, ...]:
    """Return the statements of one paragraph of text."""
    from gongkai.proofing.report import Where

    return find([Paragraph(0, text, Where(paragraph=0))], context)
