from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "hedgerow.journeys"

    def ready(self):
        from hedgerow.core import rooms

        from . import events, example, panels, prompts, tables

        rooms.register(
            rooms.Room(
                name="journeys",
                prompts=(prompts.prompts,),
                panels=(panels.panels,),
                dates=(panels.dates,),
                sections=(panels.sections,),
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                example=example.furnish,
                deeds=example.DEEDS,
            )
        )
