from django.urls import include, path

urlpatterns = [
    path("", include("hedgerow.front.urls")),
    path("", include("hedgerow.people.urls")),
    path("journeys/", include("hedgerow.journeys.urls")),
    path("agreements/", include("hedgerow.agreements.urls")),
    path("ledger/", include("hedgerow.ledger.urls")),
    path("charter/", include("hedgerow.charter.urls")),
    path("diagnostics/", include("hedgerow.diagnostics.urls")),
    path("focus/", include("hedgerow.focus.urls")),
    path("workplans/", include("hedgerow.workplans.urls")),
    path("grants/", include("hedgerow.grants.urls")),
]

handler400 = "hedgerow.front.views.bad_request"
handler403 = "hedgerow.front.views.not_allowed"
handler404 = "hedgerow.front.views.not_found"
handler500 = "hedgerow.front.views.broken"
