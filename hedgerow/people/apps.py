from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hedgerow.people"

    def ready(self):
        from hedgerow.core import rooms
        from hedgerow.core.schedules import every

        from . import events, example, jobs, prompts, tables, upkeep
        from .models import Role

        assert jobs  # imported so that workers know them
        every("people.clear_away", day=None, hour=3, function=upkeep.clear_away)
        rooms.register(
            rooms.Room(
                name="people",
                nav=(
                    rooms.NavLink(
                        label="Who holds which role",
                        url_name="people:platform",
                        roles=frozenset({Role.OPERATOR}),
                    ),
                ),
                prompts=(prompts.prompts,),
                tables=tables.TABLES,
                sentences=events.SENTENCES,
                example=example.furnish,
            )
        )
