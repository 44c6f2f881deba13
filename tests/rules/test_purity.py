"""The package is light: it loads no framework and reads no data until it is asked."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import gongkai.rules.calendar, gongkai.rules.changes, gongkai.rules.clock, gongkai.rules.notices, gongkai.rules.receipt
import gongkai.rules.identifiers, gongkai.rules.indicators, gongkai.rules.relations
import gongkai.rules.crosswalk, gongkai.rules.fees, gongkai.rules.ladder, gongkai.rules.outcomes, gongkai.rules.remedies
import gongkai.rules.shapes, gongkai.rules.suspects
assert not [name for name in sys.modules if name.partition(".")[0] == "django"], "django"
assert not [name for name in opened if name.endswith((".toml", ".csv"))], opened
assert gongkai.rules.calendar.Calendar.standard() is gongkai.rules.calendar.Calendar.standard()
assert [name for name in opened if name.endswith(".toml")], "the hook sees what is read"
"""


def test_importing_the_law_loads_no_django_and_reads_no_data() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
