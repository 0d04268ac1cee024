from django.urls import URLPattern, path

from hedgerow.workplans.views import handing_in

URLS: list[URLPattern] = [
    path("stages/<int:pk>/making/", handing_in.making, name="making"),
    path("stages/<int:pk>/carrying-out/", handing_in.carrying_out, name="carrying_out"),
    path("clusters/<int:pk>/before/", handing_in.before, name="before"),
    path("clusters/<int:pk>/hand-in/", handing_in.hand_in, name="hand_in"),
]
