from django.urls import URLPattern, path

from hedgerow.grants.views import opportunities as views

URLS: list[URLPattern] = [
    path("offers/", views.offers, name="offers"),
    path("opportunities/", views.opportunities, name="opportunities"),
    path("opportunities/<int:pk>/", views.opportunity, name="opportunity"),
    path("opportunities/<int:pk>/change/", views.change_opportunity, name="change_opportunity"),
    path("opportunities/<int:pk>/end/", views.end_opportunity, name="end_opportunity"),
    path(
        "programmes/<int:pk>/opportunities/post/", views.post_opportunity, name="post_opportunity"
    ),
]
