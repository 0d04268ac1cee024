from django.urls import path

from hedgerow.grants.views import mediation

URLS = [
    path("clusters/<int:pk>/mediation/", mediation.mediation, name="mediation"),
    path("clusters/<int:pk>/mediation/new/", mediation.add_mediation, name="add_mediation"),
    path("mediation/<int:pk>/strike/", mediation.strike_mediation, name="strike_mediation"),
]
