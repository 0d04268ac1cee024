from django.contrib.staticfiles.apps import StaticFilesConfig


class Static(StaticFilesConfig):
    """Collects our own files and the one script of django-htmx that pages load, in a moment.

    Its other scripts are 800 KB, and a second of packing.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ht*-4*", "htmx-2.js", "ext"]
