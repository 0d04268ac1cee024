from django.urls import include, path

urlpatterns = [
    path("", include("hedgerow.front.urls")),
    path("", include("hedgerow.people.urls")),
    path("journeys/", include("hedgerow.journeys.urls")),
    path("agreements/", include("hedgerow.agreements.urls")),
    path("charter/", include("hedgerow.charter.urls")),
    path("diagnostics/", include("hedgerow.diagnostics.urls")),
]

handler400 = "hedgerow.front.views.bad_request"
handler403 = "hedgerow.front.views.not_allowed"
handler404 = "hedgerow.front.views.not_found"
handler500 = "hedgerow.front.views.broken"
