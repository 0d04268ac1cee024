from django.urls import URLPattern, path

from hedgerow.workplans.views import budget_changes, budgets, spending

URLS: list[URLPattern] = [
    path("clusters/<int:pk>/budget/", budgets.budget, name="budget"),
    path("clusters/<int:pk>/budget/begin/", budgets.begin_budget, name="begin_budget"),
    path("clusters/<int:pk>/budget/shares/", budgets.budget_shares, name="budget_shares"),
    path("clusters/<int:pk>/budget/change/", budget_changes.begin_change, name="begin_change"),
    path("budgets/<int:pk>/", budgets.budget_version, name="budget_version"),
    path("budgets/<int:pk>/lines.csv", budget_changes.budget_file, name="budget_file"),
    path("budgets/<int:pk>/lines/new/", budgets.add_line, name="add_line"),
    path("budgets/<int:pk>/put/", budget_changes.put_change, name="put_change"),
    path("budgets/<int:pk>/give-up/", budget_changes.give_up_change, name="give_up_change"),
    path("lines/<int:pk>/", budgets.line, name="line"),
    path("lines/<int:pk>/change/", budgets.change_line, name="change_line"),
    path("lines/<int:pk>/drop/", budgets.drop_line, name="drop_line"),
    path("awards/<int:pk>/spending/", spending.spending, name="spending"),
    path("awards/<int:pk>/spend/", spending.spend, name="spend"),
]
