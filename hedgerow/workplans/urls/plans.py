from django.urls import URLPattern, path

from hedgerow.workplans.views import objectives, plans, steps

URLS: list[URLPattern] = [
    path("clusters/<int:pk>/plan/", plans.plan, name="plan"),
    path("clusters/<int:pk>/plan/begin/", plans.begin_plan, name="begin_plan"),
    path("clusters/<int:pk>/plan/write/", plans.write_plan, name="write_plan"),
    path("clusters/<int:pk>/objectives/new/", objectives.add_objective, name="add_objective"),
    path("objectives/<int:pk>/", objectives.objective, name="objective"),
    path("objectives/<int:pk>/change/", objectives.change_objective, name="change_objective"),
    path("objectives/<int:pk>/behind/", objectives.behind, name="behind"),
    path("objectives/<int:pk>/drop/", objectives.drop_objective, name="drop_objective"),
    path("objectives/<int:pk>/steps/new/", steps.add_step, name="add_step"),
    path("steps/<int:pk>/", steps.step, name="step"),
    path("steps/<int:pk>/change/", steps.change_step, name="change_step"),
    path("steps/<int:pk>/pair/", steps.pair, name="pair"),
    path("steps/<int:pk>/waits/", steps.waits, name="waits"),
    path("steps/<int:pk>/drop/", steps.drop_step, name="drop_step"),
]
