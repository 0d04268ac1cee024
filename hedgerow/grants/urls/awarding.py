from django.urls import path

from hedgerow.grants.views import awarding, awarding_programme

URLS = [
    path("programmes/<int:pk>/", awarding_programme.programme, name="programme"),
    path("programmes/<int:pk>/awards.csv", awarding_programme.programme_csv, name="programme_csv"),
    path("plans/<int:pk>/decide/", awarding.decide, name="decide"),
    path("plans/<int:pk>/agree/", awarding.agree, name="agree"),
    path("plans/<int:pk>/send-back/", awarding.send_back, name="send_back"),
    path("plans/<int:pk>/redirect/", awarding.redirect_plan, name="redirect"),
    path("returns/<int:pk>/answer/", awarding.return_answer, name="return_answer"),
]
