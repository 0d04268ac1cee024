from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "hedgerow.agreements"

    def ready(self):
        from hedgerow.core import rooms, schedules

        from . import columns, events, example, jobs, panels, prompts, tables

        rooms.register(
            rooms.Room(
                name="agreements",
                prompts=(prompts.prompts,),
                panels=(panels.panels,),
                dates=(panels.dates,),
                sections=(panels.sections,),
                columns=columns.COLUMNS,
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                deeds=example.DEEDS,
            )
        )
        # Decisions are open to the end of a day: this is the second after.
        schedules.every("agreements.close_due", day=None, hour=0, function=jobs.ask_to_close)
