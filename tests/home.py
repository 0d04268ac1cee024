"""A home of its own for each test process, so that no test touches what somebody keeps in theirs.

Loaded by `-p` in pyproject.toml, because settings are read before any conftest.
"""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="hedgerow-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["HEDGEROW_HOME"] = _home
for _name in ("PORT", "HEDGEROW_URL", "HEDGEROW_DEBUG", "HEDGEROW_SECRET_KEY"):
    os.environ.pop(_name, None)
