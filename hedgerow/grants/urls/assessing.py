from django.urls import path

from hedgerow.grants.views import assessing, assessing_own

URLS = [
    path("assessments/<int:pk>/", assessing.assessment, name="assessment"),
    path("plans/<int:pk>/assign/", assessing.assign, name="assign"),
    path("plans/<int:pk>/pack/", assessing.pack, name="pack"),
    path("plans/<int:pk>/pack.pdf", assessing.pack_pdf, name="pack_pdf"),
    path("assigned/<int:pk>/take-off/", assessing.take_off, name="take_off"),
    path("assigned/", assessing_own.assigned, name="assigned"),
    path("assigned/<int:pk>/", assessing_own.assignment, name="assignment"),
    path("assigned/<int:pk>/declare/", assessing_own.declare, name="declare"),
    path("assigned/<int:pk>/plan/", assessing_own.assigned_plan, name="assigned_plan"),
    path("assigned/<int:pk>/plan.pdf", assessing_own.assigned_plan_pdf, name="assigned_plan_pdf"),
    path("assigned/<int:pk>/score/", assessing_own.score, name="score"),
    path("assigned/<int:pk>/send/", assessing_own.send_scores, name="send_scores"),
]
