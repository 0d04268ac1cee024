from django.urls import URLPattern, path

from hedgerow.workplans.views import gains

URLS: list[URLPattern] = [
    path("clusters/<int:pk>/gains/", gains.gains, name="gains"),
    path("clusters/<int:pk>/gains/new/", gains.log_gain, name="log_gain"),
    path("clusters/<int:pk>/gains/say/", gains.say_gains, name="say_gains"),
    path("clusters/<int:pk>/gains/record/", gains.record_gains, name="record_gains"),
    path("gains/<int:pk>/take-back/", gains.take_back_gain, name="take_back_gain"),
    path("said/<int:pk>/confirm/", gains.confirm_gains, name="confirm_gains"),
    path("said/<int:pk>/undo/", gains.undo_gains, name="undo_gains"),
]
