"""`gongkai screen --published` in a home; two officers who let a finding pass at the same moment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.screening.corpus import Numbers
from tests.servers import Site, environment

MOBILE = Numbers(53).mobile()
# Runs in a process of its own, on the site's database: prepares, or acts in two threads at once.
ACTS = """
import json, sys, threading
import django
django.setup()
from django.db import connection
from django.utils import timezone
from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.models import Event
from gongkai.publishing import acts
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Column, Item
from gongkai.review.gate import examine
from gongkai.review.gate.overrides import ask_override, confirm_override
from gongkai.review.gate.words import add_word
from gongkai.rules.refusals import ActRefused

agency = Agency.objects.get(code=sys.argv[2])
people = json.loads(sys.argv[3])
by = {role: Account.objects.get(username=name) for role, name in people.items()}
now = timezone.now()
if sys.argv[1] == "word":
    add_word(agency=agency, text="公共租赁住房", severity="block", by=by["office"], at=now)
else:
    fields = acts.ItemFields(
        title="联系方式公告", body=f"<p>手机{sys.argv[4]}</p>", written_on=timezone.localdate(),
        columns=(Column.objects.filter(agency=agency)[0],),
    )
    item = acts.draft_item(agency=agency, fields=fields, by=by["contributor"], at=now)
    content, key = content_of(item), str(item.uid)
    part = next(part for part in examine(content, agency, key).parts if part.blocking)
    override = ask_override(
        agency=agency, object_key=key, content=content, digest=content.digest, drafter=item.drafter,
        findings=[f"{part.digest}:*"], ground="official", text="单位值班手机", by=by["contributor"], at=now,
    )
    barrier, said = threading.Barrier(2), []

    def confirm(account):
        barrier.wait()
        try:
            confirm_override(override=override, content=content, digest=content.digest, by=account, at=now)
            said.append("done")
        except ActRefused as refused:
            said.append(refused.refusals[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(by[role],)) for role in ("office", "head")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    events = Event.objects.filter(kind="review.override_confirmed", object_key=key).count()
    print(json.dumps({"said": sorted(said), "events": events, "open": bool(examine(content, agency, key).refusals)}))
"""


def act(site: Site, what: str, *more: str) -> str:
    people = {role: site.person(role).username for role in ("contributor", "office", "head")}
    done = subprocess.run(
        [sys.executable, "-c", ACTS, what, site.agency, json.dumps(people), *more],
        env={**environment(site.home, site.database_url), "DJANGO_SETTINGS_MODULE": "gongkai.project.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_public_is_looked_through_and_two_officers_at_once_let_pass_once(site: Site) -> None:
    first = site.run("screen", "--published", "--json")
    assert first.returncode == 0, first.stderr
    answer = json.loads(first.stdout)
    assert answer["looked_at"] > 50
    assert all(each["verdict"] in ("clean", "warn") for each in answer["files"])

    act(site, "word")
    second = site.run("screen", "--published", "--json")
    assert second.returncode == 1, second.stderr
    blocked = [each for each in json.loads(second.stdout)["files"] if each["verdict"] == "block"]
    assert blocked
    assert set(blocked[0]) == {"path", "sha256", "type", "verdict", "findings"}
    assert blocked[0]["path"].startswith(f"/info/{site.agency}/")
    told = site.run("screen", "--published")
    assert (told.returncode, "不能公开" in told.stdout, "合计：" in told.stdout) == (1, True, True)

    at_once = json.loads(act(site, "at_once", MOBILE))
    assert at_once == {"said": ["already_decided", "done"], "events": 1, "open": False}


def test_no_home_is_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "screen", "--published"],
        env=environment(tmp_path / "none", ""),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：")
