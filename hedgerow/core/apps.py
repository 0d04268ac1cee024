from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hedgerow.core"

    def ready(self) -> None:
        from .schedules import every
        from .upkeep import throw_away

        every("core.throw_away", day=None, hour=3, function=throw_away)
