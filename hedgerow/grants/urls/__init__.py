"""One module of addresses for each part of the room."""

from . import assessing, awarding, giving, mediation, opportunities

app_name = "grants"
urlpatterns = [
    *assessing.URLS,
    *awarding.URLS,
    *giving.URLS,
    *mediation.URLS,
    *opportunities.URLS,
]
