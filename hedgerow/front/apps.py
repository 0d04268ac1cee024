from calendar import MONDAY

from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "hedgerow.front"

    def ready(self):
        from hedgerow.core import rooms, schedules

        from . import events, jobs

        rooms.register(rooms.Room(name="front", sentences=events.SENTENCES))
        schedules.every("front.digest", day=MONDAY, hour=7, function=jobs.ask_for_digests)
