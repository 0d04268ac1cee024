from django.apps import AppConfig


class FocusConfig(AppConfig):
    name = "hedgerow.focus"

    def ready(self):
        from hedgerow.core import rooms

        from . import events, example, panels, prompts, stage, tables

        rooms.register(
            rooms.Room(
                name="focus",
                kinds=(stage.FOCUS,),
                prompts=(prompts.prompts,),
                panels=(panels.panels,),
                dates=(panels.dates,),
                sections=(panels.sections,),
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                deeds=example.DEEDS,
                commands=("focus",),
            )
        )
