from django.apps import AppConfig


class DiagnosticsConfig(AppConfig):
    name = "hedgerow.diagnostics"

    def ready(self):
        from hedgerow.core import rooms

        from . import events, example, nav, panels, prompts, stage, tables

        rooms.register(
            rooms.Room(
                name="diagnostics",
                nav=nav.NAV,
                kinds=(stage.GATHERING,),
                prompts=(prompts.prompts,),
                panels=(panels.panels,),
                dates=(panels.dates,),
                sections=(panels.sections,),
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                deeds=example.DEEDS,
                commands=("diagnostics",),
            )
        )
