from hedgerow.core.owners import Owner
from hedgerow.people.access import Rule

SEE_FEEDS = Rule(to="see your calendars", model="agreements.Feed", owner=Owner.PERSON, way="user")
END_FEED = Rule(
    to="take a calendar's address back",
    model="agreements.Feed",
    owner=Owner.PERSON,
    way="user",
    only=(("ended_at", None),),
    sees=SEE_FEEDS,
)
