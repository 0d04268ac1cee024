"""One module of addresses for each part of the room."""

from . import budgets, gains, handing_in, plans, progress

app_name = "workplans"
urlpatterns = [
    *budgets.URLS,
    *gains.URLS,
    *handing_in.URLS,
    *plans.URLS,
    *progress.URLS,
]
