from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "hedgerow.ledger"

    def ready(self):
        from hedgerow.core import rooms

        from . import columns, events, holds, tables

        rooms.register(
            rooms.Room(
                name="ledger",
                tables=tables.TABLES,
                columns=columns.COLUMNS,
                holds=(holds.to_settle,),
                sentences=events.SENTENCES,
            )
        )
