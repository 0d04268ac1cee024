"""The site as it is, with its tables made at once, for programs that tests start and kill."""

from hedgerow.settings import *
from hedgerow.settings import INSTALLED_APPS

MIGRATION_MODULES = {app.rpartition(".")[2]: None for app in [*INSTALLED_APPS, "staticfiles"]}
