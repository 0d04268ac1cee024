from django.apps import AppConfig


class WorkplansConfig(AppConfig):
    name = "hedgerow.workplans"

    def ready(self):
        from hedgerow.core import rooms

        from . import events, example, panels, prompts, stage, tables

        rooms.register(
            rooms.Room(
                name="workplans",
                kinds=stage.KINDS,
                prompts=(prompts.prompts,),
                panels=(panels.panels,),
                dates=(panels.dates,),
                sections=(panels.sections,),
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                deeds=example.DEEDS,
            )
        )
