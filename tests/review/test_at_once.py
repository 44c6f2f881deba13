"""Two officers act in the same moment: no opinion is lost, no number given twice, nothing published that was not read.

Each act runs in a thread with a connection of its own, on a database of its own, for what was committed stays. On
SQLite a transaction takes the lock when it begins; on PostgreSQL the item's row is what both wait for. Whoever comes
second finds what the first left, and is refused in words, never by an error.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from gongkai.accounts.models import Account
from gongkai.agencies.acts import add_officer, appoint
from gongkai.agencies.models import Officer, Post, Role
from gongkai.files import storage
from gongkai.files.door import Received
from gongkai.publishing import acts
from gongkai.publishing.approvals import last_approval_of
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Column, Item, ItemState
from gongkai.review import paper
from gongkai.review.chains import MERGED_STEPS
from gongkai.review.models import ApprovalSheet, Decision, Opinion
from gongkai.rules.refusals import ActRefused
from tests import databases
from tests.cast import APPOINTED_ON, ENTERED_AT, PASSWORD, Cast, account_of, make_cast
from tests.publishing.rows import AT, digest, fields, prepare, submitted
from tests.review.papers import CLEAR, agreed_to, printed, run_of, scanned, signature

pytestmark = pytest.mark.database
Act = Callable[[], object]


class Stage:
    """The cast with a second officer in each post of the merged chain."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast()
        self.column: Column = prepare(self.cast, MERGED_STEPS)
        self.second = {
            role: account_of(make_second(self.cast, role)) for role in (Role.OFFICE, Role.HEAD, Role.RELEASER)
        }

    def waiting(self, *agreed: Account, **changes: Any) -> Item:
        """A new item to which these people agreed."""
        item = submitted(self.cast, self.column, **changes)
        agreed_to(self.cast, item, *agreed)
        return item

    def signed(self, **changes: Any) -> Item:
        """A new item that waits for its release."""
        return self.waiting(self.cast.office, self.cast.head, **changes)

    def edit(self, item: Item, by: Account, title: str = "改过的名称") -> Act:
        """An edit of the content as it is now."""
        opened, changed = digest(item), fields(self.cast, self.column, title=title)
        return lambda: acts.revise_item(item=item, digest=opened, fields=changed, by=by, at=AT)

    def agree(self, item: Item, by: Account) -> Act:
        """An opinion on the content as it is now."""
        seen = digest(item)
        return lambda: acts.agree(item=item, digest=seen, secrecy=CLEAR, by=by, at=AT)

    def release(self, item: Item, by: Account) -> Act:
        """A release of the content as it is now."""
        seen = digest(item)
        return lambda: acts.release_item(item=item, digest=seen, by=by, at=AT)


def make_second(cast: Cast, role: str) -> Officer:
    """Another officer in the post that the cast has for a role."""
    other = add_officer(
        agency=cast.agency, name=f"示例第二{role}", username=f"second-{role}", password=PASSWORD, by=None, at=ENTERED_AT
    )
    post = Post.objects.get(agency=cast.agency, role=role)
    appoint(post=post, officer=other, from_on=APPOINTED_ON, by=None, at=ENTERED_AT)
    return other


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The stage in a database of its own, which is thrown away."""
    with django_db_blocker.unblock(), databases.separate(tmp_path_factory.mktemp("at-once"), "at_once"):
        yield Stage()


def together(*wanted: Act) -> list[str]:
    """Run acts at once; say of each "done" or the code of its first refusal. Another error is raised."""
    barrier = threading.Barrier(len(wanted))
    said: list[str | BaseException] = [""] * len(wanted)

    def run(place: int, act: Act) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            act()
            said[place] = "done"
        except ActRefused as refused:
            said[place] = refused.refusals[0].code
        except BaseException as error:
            said[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(wanted)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for one in said:
        if isinstance(one, BaseException):
            raise one
    return [str(one) for one in said]


def agreed(item: Item) -> list[tuple[int, str]]:
    """Position and hash of the opinions that agree."""
    rows = Opinion.objects.filter(approval__object_key=str(item.uid), decision=Decision.AGREE).order_by("pk")
    return list(rows.values_list("position", "content_id"))


def check_published(item: Item, read: str) -> None:
    """What is public is exactly what every step agreed to and the releaser read."""
    fresh = Item.objects.get(pk=item.pk)
    run = last_approval_of(fresh)
    assert run is not None
    assert fresh.state == ItemState.PUBLISHED
    assert fresh.published_digest == read == content_of(fresh).digest == run.content_id
    assert {position for position, seen in agreed(fresh) if seen == read} == {1, 2}


def test_two_agree_at_once_and_one_opinion_stands(stage: Stage) -> None:
    item = stage.waiting()
    said = together(stage.agree(item, stage.cast.office), stage.agree(item, stage.second[Role.OFFICE]))
    assert sorted(said) == ["done", "not_your_step"]
    assert agreed(item) == [(1, digest(item))]
    assert run_of(item).position == 2


def test_one_agrees_while_another_edits(stage: Stage) -> None:
    item = stage.waiting()
    old = digest(item)
    said = together(stage.agree(item, stage.cast.office), stage.edit(item, stage.second[Role.OFFICE]))
    # The opinion came first: then the step is no longer the editor's, who is refused. Or it came second: it is stale.
    assert said in (["done", "not_your_step"], ["content_changed", "done"])
    if said[0] == "done":
        assert (agreed(item), digest(item), run_of(item).position) == ([(1, old)], old, 2)
    else:
        assert digest(item) != old
        assert (agreed(item), run_of(item).content_id, run_of(item).position) == ([], digest(item), 1)


def test_one_signs_while_another_edits_the_same_step(stage: Stage) -> None:
    item = stage.waiting(stage.cast.office)
    old = digest(item)
    said = together(stage.agree(item, stage.cast.head), stage.edit(item, stage.second[Role.HEAD]))
    assert "done" in said
    assert (1, old) in agreed(item)  # what was said is never lost
    run = run_of(item)
    assert run.content_id == digest(item)
    assert run.position == (3 if digest(item) == old else 1)


def test_a_release_while_another_edits_publishes_what_was_read_or_nothing(stage: Stage) -> None:
    item = stage.signed()
    read = digest(item)
    said = together(stage.release(item, stage.cast.releaser), stage.edit(item, stage.second[Role.RELEASER]))
    assert said.count("done") == 1
    if said[0] == "done":
        check_published(item, read)
    else:
        assert Item.objects.get(pk=item.pk).state == ItemState.IN_REVIEW
        assert run_of(item).position == 1


def test_a_release_while_an_attachment_is_added_publishes_what_was_read_or_nothing(stage: Stage) -> None:
    item = stage.signed()
    read = digest(item)
    file = Received(storage.store(b"one,two\n1,2\n", extension="csv"), "附表.csv", ())
    said = together(
        stage.release(item, stage.cast.releaser),
        lambda: acts.add_attachments(item=item, digest=read, files=[file], by=stage.second[Role.RELEASER], at=AT),
    )
    assert said.count("done") == 1
    if said[0] == "done":
        check_published(item, read)
        assert not item.attachments.exists()
    else:
        assert item.attachments.count() == 1
        assert (Item.objects.get(pk=item.pk).state, run_of(item).position) == (ItemState.IN_REVIEW, 1)


def test_two_release_one_item_and_it_is_published_once(stage: Stage) -> None:
    item = stage.signed()
    read = digest(item)
    said = together(stage.release(item, stage.cast.releaser), stage.release(item, stage.second[Role.RELEASER]))
    assert sorted(said) == ["done", "not_in_review"]
    check_published(item, read)
    assert Opinion.objects.filter(approval__object_key=str(item.uid), decision=Decision.RELEASE).count() == 1
    assert item.channels.count() == 1


def test_six_items_released_at_once_get_six_numbers_in_a_row(stage: Stage) -> None:
    items = [stage.signed(title=f"同时发布第{number}件") for number in range(6)]
    last = max(
        Item.objects.filter(agency=stage.cast.agency, serial__isnull=False).values_list("serial", flat=True), default=0
    )
    releasers = [stage.cast.releaser, stage.second[Role.RELEASER]]
    said = together(*(stage.release(item, releasers[number % 2]) for number, item in enumerate(items)))
    assert said == ["done"] * 6
    published = Item.objects.filter(pk__in=[item.pk for item in items])
    assert sorted(published.values_list("serial", flat=True)) == list(range(last + 1, last + 7))  # type: ignore[type-var]
    assert len(set(published.values_list("index_number", flat=True))) == 6


def test_two_submit_one_draft_and_it_is_in_review_once(stage: Stage) -> None:
    item = stage.waiting()
    acts.recall_item(item=item, reason="再改。", by=stage.cast.contributor, at=AT)
    seen = digest(item)

    def submit() -> object:
        return acts.submit_item(item=item, digest=seen, by=stage.cast.contributor, at=AT)

    assert sorted(together(submit, submit)) == ["done", "not_a_draft"]


def test_a_recall_while_another_signs_leaves_a_draft_with_the_opinion_kept_or_refused(stage: Stage) -> None:
    item = stage.waiting(stage.cast.office)
    said = together(
        stage.agree(item, stage.cast.head),
        lambda: acts.recall_item(item=item, reason="附表有误。", by=stage.cast.contributor, at=AT),
    )
    assert said in (["done", "done"], ["not_in_review", "done"])
    assert Item.objects.get(pk=item.pk).state == ItemState.DRAFTED
    assert len(agreed(item)) == (2 if said[0] == "done" else 1)


def enter(stage: Stage, sheet: ApprovalSheet, item: Item, by: Account, role: str = Role.HEAD, **changes: Any) -> Act:
    """The entry of a signature on a sheet."""
    signed, run = signature(stage.cast, role, **changes), run_of(item)
    return lambda: paper.enter_paper_opinions(sheet=sheet, approvals=[run], signature=signed, by=by, at=AT)


def test_a_signature_is_entered_while_the_signer_agrees_on_line(stage: Stage) -> None:
    item = stage.waiting(stage.cast.office)
    sheet = printed(stage.cast, [item])
    said = together(enter(stage, sheet, item, stage.cast.releaser), stage.agree(item, stage.cast.head))
    assert said.count("done") == 1
    assert agreed(item) == [(1, digest(item)), (2, digest(item))]
    assert run_of(item).position == 3


def test_a_signature_is_entered_twice_at_once(stage: Stage) -> None:
    item = stage.waiting(stage.cast.office)
    sheet = printed(stage.cast, [item])
    said = together(
        enter(stage, sheet, item, stage.cast.releaser), enter(stage, sheet, item, stage.second[Role.RELEASER])
    )
    assert said.count("done") == 1
    assert len(agreed(item)) == 2


def test_one_scan_is_entered_for_two_sheets_at_once(stage: Stage) -> None:
    items = [stage.waiting(stage.cast.office, title=f"同一扫描件第{number}件") for number in range(2)]
    scan = scanned()
    acts_ = [
        enter(stage, printed(stage.cast, [item]), item, by, scan=scan)
        for item, by in zip(items, (stage.cast.releaser, stage.second[Role.RELEASER]), strict=True)
    ]
    assert sorted(together(*acts_)) == ["done", "scan_used"]
    assert Opinion.objects.filter(scan=scan).count() == 1


def test_a_signature_is_entered_while_another_edits(stage: Stage) -> None:
    item = stage.waiting(stage.cast.office)
    old, sheet = digest(item), printed(stage.cast, [item])
    said = together(enter(stage, sheet, item, stage.cast.releaser), stage.edit(item, stage.second[Role.HEAD]))
    assert said.count("done") == 1
    if said[0] == "done":
        assert (digest(item), run_of(item).position) == (old, 3)
    else:
        assert said[0] == "sheet_void"
        assert (run_of(item).content_id, run_of(item).position) == (digest(item), 1)
        assert sheet.entries.get().voided_at is not None


def test_a_return_on_paper_while_another_signs_on_line(stage: Stage) -> None:
    item = stage.waiting(stage.cast.office)
    sheet = printed(stage.cast, [item])
    back = enter(stage, sheet, item, stage.cast.releaser, decision="return", text="请核对数字。")
    said = together(back, stage.agree(item, stage.second[Role.HEAD]))
    assert said.count("done") == 1
    expected = ItemState.DRAFTED if said[0] == "done" else ItemState.IN_REVIEW
    assert Item.objects.get(pk=item.pk).state == expected


def test_sheets_printed_at_once_get_numbers_in_a_row(stage: Stage) -> None:
    items = [stage.waiting(title=f"同时打印第{number}件") for number in range(4)]
    before = ApprovalSheet.objects.count()
    runs = [run_of(item) for item in items]
    said = together(
        *(lambda run=run: paper.print_sheet(approvals=[run], by=stage.cast.office, at=AT) for run in runs)  # type: ignore[misc]
    )
    assert said == ["done"] * 4
    assert sorted(ApprovalSheet.objects.values_list("serial", flat=True)) == list(range(1, before + 5))
