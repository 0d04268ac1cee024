from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "hedgerow.charter"

    def ready(self):
        from hedgerow.core import rooms

        from . import events, example, panels, prompts, stage, tables

        rooms.register(
            rooms.Room(
                name="charter",
                kinds=(stage.FORMING,),
                prompts=(prompts.prompts,),
                panels=(panels.panels,),
                public=(panels.public,),
                sections=(panels.sections,),
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                deeds=example.DEEDS,
            )
        )
