from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "hedgerow.grants"

    def ready(self):
        from hedgerow.core import rooms

        from . import events, example, jobs, nav, panels, prompts, tables

        assert jobs  # imported so that workers know them
        rooms.register(
            rooms.Room(
                name="grants",
                nav=nav.NAV,
                feet=nav.FEET,
                prompts=(prompts.prompts,),
                panels=(panels.panels, panels.given),
                dates=(panels.dates, panels.closing),
                sections=(panels.sections,),
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                deeds=example.DEEDS,
                commands=("grants",),
            )
        )
