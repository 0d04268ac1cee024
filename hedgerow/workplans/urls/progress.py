from django.urls import URLPattern, path

from hedgerow.workplans.views import progress, returning

URLS: list[URLPattern] = [
    path("clusters/<int:pk>/progress/", progress.progress, name="progress"),
    path("clusters/<int:pk>/timeline/", progress.timeline, name="timeline"),
    path("steps/<int:pk>/take-up/", progress.take_up, name="take_up"),
    path("objectives/<int:pk>/judge/", progress.judge, name="judge"),
    path("clusters/<int:pk>/return/", returning.return_now, name="return"),
    path("clusters/<int:pk>/return/hand-in/", returning.hand_in_return, name="hand_in_return"),
]
