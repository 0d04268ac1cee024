from hedgerow.core.rooms import NavLink
from hedgerow.people.access import ROUND_THE_TABLE, STAFF
from hedgerow.people.models import Role

NAV = (
    NavLink(
        label="Plans and awards",
        url_name="grants:programme",
        roles=frozenset({Role.MANAGER}),
        by_programme=True,
    ),
    NavLink(label="Plans to score", url_name="grants:assigned", roles=frozenset({Role.ASSESSOR})),
    NavLink(
        label="On offer",
        url_name="grants:opportunities",
        roles=frozenset({*ROUND_THE_TABLE, *STAFF}),
    ),
)
FEET = (
    NavLink(label="Offers for anybody", url_name="grants:offers", roles=frozenset()),
    NavLink(label="Awards as open data", url_name="grants:open_data", roles=frozenset()),
)
