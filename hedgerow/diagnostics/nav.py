from hedgerow.core.rooms import NavLink
from hedgerow.people.models import Role

NAV = (
    NavLink(
        label="What we ask",
        url_name="diagnostics:instruments",
        roles=frozenset({Role.CORE, Role.DEPUTY, Role.FACILITATOR, Role.MANAGER}),
    ),
)
