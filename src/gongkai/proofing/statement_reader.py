"""Reading the figures of one sentence in order: lists, shares, sums, changes, denials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.proofing import concepts, denials, scope
from gongkai.proofing.concepts import Concept
from gongkai.proofing.grammar import Figure, figures
from gongkai.proofing.report import Paragraph
from gongkai.proofing.statement_drafts import (
    MOST,
    Context,
    Draft,
    apply_applicant,
    copied,
    is_outcome,
    is_written,
    last_clause,
    names_in,
    parts_of_sum,
    same_kind,
)

# A sentence without end is cut: what is read of a sentence grows with the square of its length.
_SENTENCE = re.compile(r"[^。!?]{1,1500}[。!?]?")
_CHANGE = re.compile(
    r"(?:增长|增加|上升|提高|提升|增幅|增|下降|减少|降低|降幅|回落|减|多|少)(?:了|至|为|达|率为|幅度为|幅度达)?$"
)
_GROWTH = re.compile(r"增|上升|提高|提升|多$|多了$")
_FALL = re.compile(r"下降|减|降|回落|少$|少了$")
_COMPARED = re.compile(
    r"同比|环比|(?:比|较|与|同|和)(?:上年|上一年|去年|前一年|上年度|20\d{2}年|往年|同期)|增长率|增幅|降幅|同期"
)
_TOTAL = re.compile(
    r"(?:以上|上述|各类|各项)?(?:合计|共计|总计|小计|总共)[^,;。0-9]{0,10}$|(?:[,;、]|^)(?:全年|本年|两项|三项)?共$"
)
_RATE = re.compile(r"率(?:均|都|皆)?(?:约)?(?:为|达到|达|是|保持(?:在)?|稳定在|始终保持)?$")
_SHARE = re.compile(r"占(?:比)?[^,;。]{0,20}$|比(?:例|重)(?:为|达|是)?$")
_GENERAL = re.compile(
    r"力争|争取|目标(?:是|为)|计划(?=于|在|明年|20\d\d|新增|召开|举办|开展|公开|组织|完成)|应当|原则上|不得|每(?:年|月|季度|周|人)|拟(?:于|在)|将(?:于|进一步|继续|力争|在今后)|要求.{0,6}(?:不少于|不低于)|下一步"
)
_OPENS_LIST = re.compile(r"[^,;。:()]{0,14}:|[^,;。:()]{0,20}中,")
_EACH = re.compile(r"各[^,;。、各]{0,6}$")
_RESPECTIVELY = re.compile(r"(?:分别|依次)(?:为|是|有|达到|达|占|公开|发布|收到|办理|办结)?[:]?$")
_BETWEEN = re.compile(r"[、,和及与]|以及|,?和")
_DENIED_UNITS = {"processing_fee": "元", "administrative_fees": "万元"}


class Reader:
    """Reads one paragraph, sentence by sentence."""

    def __init__(self, paragraph: Paragraph, text: str, above: str, context: Context) -> None:
        self._paragraph = paragraph
        self._text = text
        self._context = context
        self._family = concepts.family_of(above)
        self._drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """Read the sentences of the paragraph; the figures of each, in order."""
        for sentence in _SENTENCE.finditer(self._text):
            if len(self._drafts) >= MOST:
                break
            self._read_sentence(sentence.start(), sentence[0])
        return self._drafts

    def _read_sentence(self, offset: int, sentence: str) -> None:
        found = list(figures(sentence))
        drafts: list[Draft] = []
        for at, figure in enumerate(found):
            start = found[at - 1].end if at else 0
            end = found[at + 1].start if at + 1 < len(found) else len(sentence)
            before = sentence[start : figure.start]
            after = re.split(r"[,;:。()、!?]", sentence[figure.end : end], maxsplit=1)[0]
            drafts.append(self._draft(sentence, offset, figure, before, after))
        self._name_lists(sentence, offset, drafts)
        self._relate(drafts)
        denied = self._deny(sentence, offset, drafts)
        drafts = [each for each in drafts if each.concept or each.relation != "equals" or not is_written(each)]
        self._drafts += sorted([*drafts, *denied], key=lambda each: each.start)
        self._family = concepts.family_of(sentence) or self._family

    def _draft(self, sentence: str, offset: int, figure: Figure, before: str, after: str) -> Draft:
        family = concepts.family_of(sentence[: figure.start] + after) or self._family or concepts.family_of(sentence)
        concept = None if figure.is_share else concepts.concept_of(before, after, figure.unit, family)
        said = scope.scope_of(
            sentence[: figure.start],
            before,
            after,
            year=self._context.year,
            agency=self._context.agency,
            act=concept.act if concept else "",
        )
        if concept is not None and said.act in ("disclosed", "handled") and is_outcome(concept):
            said = replace(
                said, act="", words=tuple(each for each in said.words if each not in ("公开", "处理", "办理"))
            )
        draft = Draft(
            paragraph=self._paragraph,
            figure=figure,
            start=offset + figure.start,
            end=offset + figure.end,
            before=before,
            after=after,
            concept=concept,
            codes=dict(concept.codes_for(family)) if concept else {},
            scope=said,
            value=figure.value,
            unit=figure.unit,
            is_general=bool(_GENERAL.search(sentence[: figure.start][-40:])),
            name=re.split(r"[,;:。(]", before)[-1] or after,
        )
        apply_applicant(draft)
        return draft

    # --- lists ---

    def _name_lists(self, sentence: str, offset: int, drafts: list[Draft]) -> None:
        """Give the figures of 「甲、乙分别为1件、2件」 and 「甲、乙各1件」 their names, in order."""
        at = 0
        while at < len(drafts):
            first = drafts[at]
            if _RESPECTIVELY.search(first.before):
                run = [first]
                while at + len(run) < len(drafts) and _BETWEEN.fullmatch(drafts[at + len(run)].before):
                    run.append(drafts[at + len(run)])
                names = names_in(_RESPECTIVELY.sub("", first.before))[-len(run) :]
                if len(names) == len(run) > 1:
                    for draft, name in zip(run, names, strict=True):
                        self._rename(draft, name, names[-1], sentence)
                at += len(run)
            elif _EACH.search(first.before) and len(names := names_in(_EACH.sub("", first.before))) > 1:
                copies = [copied(first) for _ in names]
                for draft, name in zip(copies, names, strict=True):
                    self._rename(draft, name, names[-1], sentence)
                if all(each.concept for each in copies) and len(
                    {each.concept and each.concept.id for each in copies}
                ) == len(copies):
                    drafts[at : at + 1] = copies
                    at += len(copies)
                else:
                    at += 1
            else:
                at += 1

    def _rename(self, draft: Draft, name: str, last: str, sentence: str) -> None:
        figure = draft.figure
        if figure is None or figure.is_share:
            return
        family = concepts.family_of(name) or concepts.family_of(sentence[: figure.start]) or self._family
        shared = re.search(r"(?:申请|案件|信息|决定|解读)+(?:数量|数)?$", last)
        concept = concepts.concept_of(name, "", draft.unit, family)
        if concept is None and shared and not name.endswith(shared[0]):
            concept = concepts.concept_of(name + shared[0], "", draft.unit, family)
        draft.concept, draft.name = concept, name
        draft.codes = dict(concept.codes_for(family)) if concept else {}
        draft.scope = scope.scope_of(
            sentence[: figure.start],
            name,
            "",
            year=self._context.year,
            agency=self._context.agency,
            act=concept.act if concept else "",
        )
        draft.before = name
        apply_applicant(draft)

    # --- relations ---

    def _relate(self, drafts: list[Draft]) -> None:
        """Find wholes and parts, totals, shares and changes."""
        whole: Draft | None = None
        in_brackets = False
        last: Draft | None = None
        parts_of: dict[int, list[Draft]] = {}
        for at, draft in enumerate(drafts):
            lead = draft.before
            if in_brackets and ")" in lead:
                whole, in_brackets = None, False
            if self._is_change(draft, last):
                draft.relation = "change_on"
                draft.concept, draft.codes = None, {}
                draft.of = [last] if last else []
                draft.direction = (
                    -1 if _FALL.search(last_clause(lead)) else 1 if _GROWTH.search(last_clause(lead)) else 0
                )
                continue
            if draft.figure is not None and draft.figure.is_share:
                self._share(draft, drafts[:at], last, whole)
                continue
            if "其中" in lead or re.match(r"\)?[,:(]?(?:包括|包含|分为|含)", lead):
                whole = self._whole(drafts[:at], last, draft)
                in_brackets = False
            elif last is not None and re.match(r"[^,;。()]{0,14}\(", lead):
                whole, in_brackets = last, True
            elif last is not None and not whole and _OPENS_LIST.match(lead):
                whole = last
            elif whole is not None and not in_brackets and self._closes(draft, whole, parts_of.get(id(whole), [])):
                whole = None
            if _TOTAL.search(lead) and (summed := parts_of_sum(drafts[:at], draft)):
                draft.relation, draft.of, whole = "sum_of", summed, None
                if draft.concept is None:
                    draft.codes = {}
            elif whole is not None and same_kind(draft, whole):
                draft.relation, draft.of = "part_of", [whole]
                parts_of.setdefault(id(whole), []).append(draft)
                self._inherit(draft, whole, parts_of[id(whole)])
            last = draft

    def _is_change(self, draft: Draft, last: Draft | None) -> bool:
        clause = last_clause(draft.before)
        if draft.figure is not None and draft.figure.unit == "个百分点":
            return True
        if not _CHANGE.search(clause):
            return False
        if _COMPARED.search(clause) or re.search(r"(?:增长|下降|减少)了?$", clause):
            return True
        if _COMPARED.search(draft.before) or (last is not None and last.relation == "change_on"):
            return True
        return draft.figure is not None and draft.figure.is_share

    def _share(self, draft: Draft, before: Sequence[Draft], last: Draft | None, whole: Draft | None) -> None:
        """Find what a percentage is of: numerator and denominator as far as the text prints them."""
        draft.relation = "ratio_of"
        counts = [each for each in before if each.is_count]
        clause = last_clause(draft.before)
        if _RATE.search(clause) or re.search(r"率", clause):
            self._rate(draft, clause, counts)
            return
        if last is None or not last.is_count:
            return
        draft.of = [last]
        named = (
            concepts.concept_of(re.sub(r"^.*?占(?:比)?", "", clause), "", "", self._family) if "占" in clause else None
        )
        earlier = [each for each in (*self._drafts, *counts) if each is not last and each.is_count]
        by_name = next(
            (each for each in reversed(earlier) if named and each.concept and each.concept.id == named.id), None
        )
        if by_name is not None:
            draft.of.append(by_name)
        elif last.relation == "part_of" and last.of:
            draft.of.append(last.of[0])
        elif last.concept is not None and last.concept.on.startswith("requests") and not last.concept.is_main:
            wholes = [
                each
                for each in self._drafts
                if each.concept and each.concept.is_main and each.concept.family == "requests"
            ]
            draft.of += wholes[-1:]

    def _rate(self, draft: Draft, clause: str, counts: Sequence[Draft]) -> None:
        kind = next((word for word in ("办结", "答复", "回复", "办理", "满意", "公开") if word + "率" in clause), "")
        if not counts or not kind:
            return
        wanted = {"办结": "settled", "答复": "answered", "回复": "answered", "办理": "handled"}.get(kind, "")
        numerator = next((each for each in reversed(counts) if wanted and each.scope.act == wanted), None)
        first = next(
            (each for each in counts if each.scope.act in ("received", "accepted") and each is not numerator), None
        )
        if numerator is not None and first is not None:
            draft.of = [numerator, first]
        else:
            draft.of = [counts[-1]]

    def _whole(self, before: Sequence[Draft], last: Draft | None, draft: Draft) -> Draft | None:
        """Return what 其中 stands under: the count just before it, or the total of the sentence before."""
        if last is not None:
            return last
        if before:
            return None
        if not re.match(r"(?:\(?[一二三四五六七八九十\d]+[)、.])?其中", draft.before):
            return None
        earlier = [each for each in self._drafts if each.is_count and each.relation != "part_of" and not each.negative]
        if draft.scope.applicant:  # applicants are told for the requests received, whatever was counted last
            received = [each for each in earlier if each.concept and each.concept.act in ("received", "accepted")]
            earlier = received or earlier
        return earlier[-1] if earlier else None

    def _closes(self, draft: Draft, whole: Draft, others: Sequence[Draft]) -> bool:
        """Tell whether a figure is no longer one of the parts: a main count of its own, or in another unit."""
        if re.search(r"(?:同时|另外|此外|另|全年|截至)", draft.before):
            return True
        if not others or draft.concept is None or not draft.concept.is_main:
            return False
        if draft.concept.id == "requests_received" and draft.scope.applicant:
            return False
        return not any(each.concept and each.concept.is_main for each in others) or not re.search(
            r"[、和及]", draft.before[:1]
        )

    def _inherit(self, draft: Draft, whole: Draft, siblings: Sequence[Draft]) -> None:
        """Let a part without a concept of its own, but with a kind of applicant, take that of its whole."""
        others = {each.scope.applicant for each in siblings}
        if (
            not draft.scope.applicant
            and re.fullmatch(r"[、,和及]*其[他它](?:组织)?", draft.before)
            and any(each.startswith("legal_") for each in others)
        ):
            draft.scope = replace(draft.scope, applicant="legal_other")
        if whole.concept is not None and (rest := concepts.part_of_concept(draft.before, draft.unit, whole.concept)):
            draft.concept, draft.codes = rest, dict(rest.codes)
        elif draft.concept is None and whole.concept is not None and draft.scope.applicant:
            draft.concept = whole.concept
            draft.codes = dict(whole.codes)
            apply_applicant(draft)

    # --- denials ---

    def _deny(self, sentence: str, offset: int, drafts: list[Draft]) -> list[Draft]:
        made: list[Draft] = []
        for each in denials.denials(sentence.rstrip("。!?")):
            inside = [d for d in drafts if d.start - offset >= each.start and d.end - offset <= each.end + 3]
            # 「未发生一起」 has no count of 1, 「均为0件」 none for the last name only.
            idle = [d for d in inside if d.value == 1 or (d.value == 0 and re.search(r"[均都皆]", d.before))]
            if len(idle) < len(inside):
                continue
            for draft in idle:
                drafts.remove(draft)
            concept = _denied_concept(each.concept)
            before = sentence[: each.end]
            said = scope.scope_of(
                before,
                sentence[each.start : each.end],
                "",
                year=self._context.year,
                agency=self._context.agency,
                act=concept.act,
            )
            draft = Draft(
                paragraph=self._paragraph,
                figure=None,
                start=offset + each.start,
                end=offset + each.end,
                before=before,
                after="",
                concept=concept,
                codes=dict(concept.codes),
                scope=said,
                value=0,
                unit=_DENIED_UNITS.get(concept.id, "件"),
                negative=True,
                is_general=bool(_GENERAL.search(before[-40:])),
                name=sentence[each.start : each.end],
            )
            apply_applicant(draft)
            made.append(draft)
        return made


def _denied_concept(name: str) -> Concept:
    return concepts.by_id()["processing_fee" if name == "fees" else name]
