"""Attachments: part of what is read, hashed and approved."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.audit.acts import timeline
from gongkai.publishing import acts
from gongkai.publishing.acts.attachments import MAX_ATTACHMENTS, MAX_BYTES
from gongkai.publishing.approvals import approval_of
from gongkai.publishing.content import OBJECT_KIND, content_of, fields_of
from gongkai.publishing.models import Attachment, Item
from gongkai.review.content import read_copies
from gongkai.review.models import Opinion
from gongkai.review.worklist import difference
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import Cast
from tests.publishing.files import attached, file
from tests.publishing.rows import AT, SIX_PERSONS, digest, draft, prepare, published


def names(item: Item) -> list[str]:
    return [attachment.name for attachment in item.attachments.all()]


def seen(item: Item) -> dict[str, Any]:
    """What an act of the drafter takes of what was seen."""
    return {"item": item, "digest": digest(item), "at": AT}


def test_an_item_without_attachments_keeps_the_digest_it_always_had(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    content = content_of(item)
    assert '"attachments":[]' in content.canonical
    assert dict(fields_of(str(item.uid), content))["附件"] == ""


def test_attachments_are_part_of_the_content(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    before = digest(item)
    first, _second = attached(cast, item, "名单.txt", "说明.txt")
    assert digest(item) != before
    content = content_of(item)
    assert content.attachments[0] == {
        "name": "名单.txt",
        "sha256": first.stored_id,
        "size": str(first.stored.size),
        "type": "txt",
    }
    said = dict(fields_of(str(item.uid), content))["附件"].splitlines()
    assert said[0].startswith("1. 名单.txt（")
    assert first.stored_id[:12] in said[0]
    assert timeline(OBJECT_KIND, str(item.uid))[-1].sentence == "增加附件：名单.txt、说明.txt"


def test_every_change_of_attachments_changes_the_digest(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    rows = attached(cast, item, "甲.txt", "乙.txt", "丙.txt")
    digests = [digest(item)]
    order = [rows[2].uid, rows[0].uid, rows[1].uid]
    acts.order_attachments(**seen(item), order=order, by=cast.contributor)
    digests.append(digest(item))
    assert names(item) == ["丙.txt", "甲.txt", "乙.txt"]
    acts.rename_attachment(**seen(item), attachment=rows[0].uid, name="新名", by=cast.contributor)
    digests.append(digest(item))
    assert names(item) == ["丙.txt", "新名.txt", "乙.txt"]
    acts.replace_attachment(
        **seen(item), attachment=rows[1].uid, file=file(cast, "别名.csv", "a,b\n1,2"), by=cast.contributor
    )
    digests.append(digest(item))
    assert names(item) == ["丙.txt", "新名.txt", "乙.csv"]
    acts.remove_attachment(**seen(item), attachment=rows[2].uid, by=cast.contributor)
    digests.append(digest(item))
    assert names(item) == ["新名.txt", "乙.csv"]
    assert [row.position for row in item.attachments.all()] == [1, 2]
    assert len(set(digests)) == 5
    said = [entry.sentence for entry in timeline(OBJECT_KIND, str(item.uid))[-4:]]
    assert said == [
        "调整附件顺序：丙.txt、甲.txt、乙.txt",
        "附件「甲.txt」改名为「新名.txt」",
        "替换附件「乙.csv」",
        "去掉附件「丙.txt」",
    ]


def test_only_who_may_revise_the_item_changes_its_attachments(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column)
    (row,) = attached(cast, item, "甲.txt")
    for account in (cast.office, cast.stranger, cast.supervisor, cast.auditor, cast.system_administrator):
        with pytest.raises(ActRefused) as refused:
            acts.remove_attachment(**seen(item), attachment=row.uid, by=account)
        assert codes(refused) == ["not_your_draft"]
    public = published(cast, column)
    with pytest.raises(ActRefused) as refused:
        acts.add_attachments(**seen(public), files=[file(cast)], by=cast.contributor)
    assert codes(refused) == ["already_public"]


def test_a_stale_digest_changes_nothing(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    before = digest(item)
    (row,) = attached(cast, item, "甲.txt")
    common: dict[str, Any] = {"item": item, "digest": before, "by": cast.contributor, "at": AT}
    tried = [
        lambda: acts.add_attachments(files=[file(cast)], **common),
        lambda: acts.rename_attachment(attachment=row.uid, name="乙", **common),
        lambda: acts.replace_attachment(attachment=row.uid, file=file(cast), **common),
        lambda: acts.remove_attachment(attachment=row.uid, **common),
        lambda: acts.order_attachments(order=[row.uid], **common),
    ]
    for act in tried:
        with pytest.raises(ActRefused) as refused:
            act()
        assert codes(refused) == ["content_changed"]
    assert names(item) == ["甲.txt"]


def test_in_review_a_change_ends_the_opinions_on_the_old_content(cast: Cast) -> None:
    item = draft(cast, prepare(cast, SIX_PERSONS))
    attached(cast, item, "甲.txt")
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.add_attachments(**seen(item), files=[file(cast)], by=cast.contributor)
    assert codes(refused) == ["not_your_step"]
    acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy="clear", at=AT)
    old = digest(item)
    acts.add_attachments(**seen(item), files=[file(cast, "乙.txt")], by=cast.office)
    approval = approval_of(item)
    assert approval is not None
    assert (approval.position, approval.content_id) == (1, digest(item))
    shown = difference(approval, cast.department_head)
    assert shown is not None
    assert [(change.label, [line.kind for line in change.lines]) for change in shown.changes] == [("附件", ["added"])]
    with pytest.raises(ActRefused):
        acts.agree(item=item, digest=old, by=cast.department_head, secrecy="clear", at=AT)
    assert Opinion.objects.filter(approval=approval, content_id=digest(item)).count() == 0


def test_a_release_publishes_the_files_that_were_approved(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    (row,) = attached(cast, item, "甲.txt")
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    acts.agree(item=item, digest=digest(item), by=cast.office, secrecy="clear", at=AT)
    acts.agree(item=item, digest=digest(item), by=cast.head, secrecy="clear", at=AT)
    approved = digest(item)
    # Somebody with the database in hand puts other bytes in the attachment's place after the approval.
    other = file(cast, "甲.txt", "别的内容")
    Attachment.objects.filter(pk=row.pk).update(stored=other.stored)
    with pytest.raises(ActRefused) as refused:
        acts.release_item(item=item, digest=approved, by=cast.releaser, at=AT)
    assert codes(refused) == ["content_changed"]
    Attachment.objects.filter(pk=row.pk).update(stored=row.stored)
    acts.release_item(item=item, digest=approved, by=cast.releaser, at=AT)
    item.refresh_from_db()
    copy = read_copies([item.published_digest])[item.published_digest]
    assert copy.attachments[0]["sha256"] == row.stored_id


def test_a_name_that_is_taken_gets_a_number_and_the_same_bytes_are_refused(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    one, two = file(cast, "甲.txt", "一"), file(cast, "甲.txt", "二")
    acts.add_attachments(**seen(item), files=[one, two], by=cast.contributor)
    assert names(item) == ["甲.txt", "甲（2）.txt"]
    with pytest.raises(ActRefused) as refused:
        acts.add_attachments(**seen(item), files=[file(cast, "乙.txt", "一")], by=cast.contributor)
    assert codes(refused) == ["same_file"]
    with pytest.raises(ActRefused) as refused:
        acts.rename_attachment(**seen(item), attachment=item.attachments.all()[1].uid, name="甲", by=cast.contributor)
    assert codes(refused) == ["name_taken"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("新名", "新名.txt"),
        ("新名.TXT", "新名.txt"),
        ("a/b\\c", "c.txt"),
        ("名单.exe", "名单.exe.txt"),
        ('x"y\r\nz', "x_y z.txt"),
        ("表😀", "表😀.txt"),
    ],
)
def test_a_new_name_is_cleaned_and_keeps_the_extension(cast: Cast, typed: str, expected: str) -> None:
    item = draft(cast, prepare(cast))
    (row,) = attached(cast, item, "甲.txt")
    acts.rename_attachment(**seen(item), attachment=row.uid, name=typed, by=cast.contributor)
    assert names(item) == [expected]


@pytest.mark.parametrize(("typed", "code"), [("  ", "name_missing"), (".txt", "name_missing"), ("长" * 97, "name_too_long")])  # fmt: skip
def test_a_name_that_cannot_be_is_refused(cast: Cast, typed: str, code: str) -> None:
    item = draft(cast, prepare(cast))
    (row,) = attached(cast, item, "甲.txt")
    with pytest.raises(ActRefused) as refused:
        acts.rename_attachment(**seen(item), attachment=row.uid, name=typed, by=cast.contributor)
    assert codes(refused) == [code]


def test_number_and_size_are_bounded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = draft(cast, prepare(cast))
    files = [file(cast, f"{number}.txt", str(number)) for number in range(MAX_ATTACHMENTS + 1)]
    with pytest.raises(ActRefused) as refused:
        acts.add_attachments(**seen(item), files=files, by=cast.contributor)
    assert codes(refused) == ["too_many"]
    large = file(cast, "大.txt")
    monkeypatch.setattr(large.stored, "size", MAX_BYTES + 1)
    with pytest.raises(ActRefused) as refused:
        acts.add_attachments(**seen(item), files=[large], by=cast.contributor)
    assert codes(refused) == ["too_large_together"]
    assert names(item) == []


def test_an_order_names_every_attachment_once(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    rows = attached(cast, item, "甲.txt", "乙.txt")
    for order in ([rows[0].uid], [rows[0].uid, rows[0].uid], [*(row.uid for row in rows), item.uid]):
        with pytest.raises(ActRefused) as refused:
            acts.order_attachments(**seen(item), order=order, by=cast.contributor)
        assert codes(refused) == ["other_attachments"]


def test_content_of_many_items_reads_attachments_in_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    column = prepare(cast)
    for number in range(3):
        attached(cast, draft(cast, column, title=f"第{number}件"), "甲.txt")
    with django_assert_num_queries(3):
        items = Item.objects.select_related("interprets", "department").prefetch_related("columns", "attachments")
        assert all(content_of(item).attachments for item in items)


def test_of_two_officers_at_once_the_second_is_told(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    opened = digest(item)
    acts.add_attachments(item=item, digest=opened, files=[file(cast, "甲.txt", "一")], by=cast.contributor, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.add_attachments(item=item, digest=opened, files=[file(cast, "乙.txt", "二")], by=cast.contributor, at=AT)
    assert codes(refused) == ["content_changed"]
    assert names(item) == ["甲.txt"]
