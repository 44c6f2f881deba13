"""Settings of the test run: the product's, in a home that is thrown away, with a fast password hasher.

`TESTS_DATABASE_URL` names the maintenance database of a PostgreSQL server (see tools/run_tests.py); without it the
tests run on SQLite. What the developer's own environment says about gongkai is not looked at.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from gongkai.project.home import Home

for _name in [name for name in os.environ if name.startswith("GONGKAI_")]:
    del os.environ[_name]
_folder = Path(tempfile.mkdtemp(prefix="gongkai-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
Home(_folder / "home").create()
(_folder / "home" / "static").mkdir()  # WhiteNoise warns of a folder that is not there
os.environ["GONGKAI_HOME"] = str(_folder / "home")
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1] / "src")  # for processes that a test starts
if os.environ.get("TESTS_DATABASE_URL"):
    os.environ["GONGKAI_DATABASE_URL"] = os.environ["TESTS_DATABASE_URL"]

from gongkai.project.settings import *  # noqa: E402, F403  # the home must be named before they are read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
