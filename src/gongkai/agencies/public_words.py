"""Short words that public pages show at once, without a chain: names, addresses, office hours, the guide.

What the gate would stop may not stand in them. Nobody lets it pass there, so that only what is never an office's own is
looked for; a name, a landline or the account for fees may stand.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents import Document, Paragraph
from gongkai.rules.refusals import Refusal
from gongkai.screening import KINDS, Kind, Severity, screen

_NEVER = (Kind.RESIDENT_ID, Kind.MOBILE, Kind.BANK_CARD, Kind.SECRECY_MARK)
TELEPHONE = "telephone"
BASIS = "政府信息公开条例（国务院令第711号）第十四条、第十五条"


def refusals_of_public_words(words: Mapping[str, str], titles: Mapping[str, str]) -> list[Refusal]:
    """Why these texts, by name of field, may not be shown to everyone; `titles` says what each field is called.

    In `TELEPHONE` a mobile number is the office's own. A sentence shows what was found covered.
    """
    refusals = []
    for name, text in words.items():
        blocks = tuple(Paragraph(line) for line in text.splitlines())
        for finding in screen(Document(type="txt", name="", sha256="", blocks=blocks)):
            stops = finding.kind in _NEVER and finding.severity is Severity.BLOCK
            if stops and not (name == TELEPHONE and finding.kind is Kind.MOBILE):
                said = f"「{titles[name]}」里有{KINDS[finding.kind].name}（{finding.masked}）"
                refusals.append(Refusal("not_for_the_public", f"{said}，保存后公众就会看到，不能保存。请去掉。", BASIS))
    return list(dict.fromkeys(refusals))
