from django.urls import path

from .views import assents, core_group, forming, profile, purpose, readiness
from .views import rules as ground_rules

app_name = "charter"
urlpatterns = [
    path("stages/<int:pk>/", forming.forming, name="forming"),
    # what it is for
    path("clusters/<int:pk>/purpose/", purpose.purpose, name="purpose"),
    path("clusters/<int:pk>/purpose/write/", purpose.write_purpose, name="write_purpose"),
    path("clusters/<int:pk>/gatherer/", purpose.gatherer, name="gatherer"),
    path("charters/<int:pk>/yes/", purpose.say_yes, name="say_yes"),
    path("clusters/<int:pk>/answers-by/", purpose.answers_by, name="answers_by"),
    # readiness
    path("clusters/<int:pk>/readiness/", readiness.readinesses, name="readinesses"),
    path("members/<int:pk>/readiness/", readiness.begin_readiness, name="begin_readiness"),
    path("readiness/<int:pk>/", readiness.readiness, name="readiness"),
    path("readiness/<int:pk>/answer/", readiness.answer_readiness, name="answer_readiness"),
    path("readiness/<int:pk>/share/", readiness.share_readiness, name="share_readiness"),
    # the public face
    path("clusters/<int:pk>/profile/", profile.profile, name="profile"),
    path("clusters/<int:pk>/profile/write/", profile.write_profile, name="write_profile"),
    path("clusters/<int:pk>/profile/logo/", profile.set_logo, name="set_logo"),
    path("clusters/<int:pk>/profile/logo/remove/", profile.remove_logo, name="remove_logo"),
    path("clusters/<int:pk>/logo.png", profile.logo, name="logo"),
    path("our/<slug:slug>/logo.png", profile.public_logo, name="public_logo"),
    # ground rules
    path("clusters/<int:pk>/rules/", ground_rules.ground_rules, name="rules"),
    path("clusters/<int:pk>/rules/edit/", ground_rules.edit_rules, name="edit_rules"),
    path("clusters/<int:pk>/rules/import/", ground_rules.import_rules, name="import_rules"),
    path("clusters/<int:pk>/rules/sheet/", ground_rules.rules_sheet, name="rules_sheet"),
    path("clusters/<int:pk>/rules.yaml", ground_rules.rules_file, name="rules_file"),
    path("clusters/<int:pk>/rules/tests/new/", ground_rules.note_rule_test, name="note_rule_test"),
    path(
        "rules/tests/<int:pk>/take-back/",
        ground_rules.take_back_rule_test,
        name="take_back_rule_test",
    ),
    path("rules/<int:pk>/assent/", assents.assent, name="assent"),
    path(
        "rules/<int:pk>/assent/for/<int:organisation>/",
        assents.record_assent,
        name="record_assent",
    ),
    path("assents/<int:pk>/confirm/", assents.confirm_assent, name="confirm_assent"),
    path("assents/<int:pk>/undo/", assents.undo_assent, name="undo_assent"),
    path("assents/<int:pk>/take-back/", assents.take_back_assent, name="take_back_assent"),
    path("by-letter/assent/<str:token>/", assents.assent_by_letter, name="assent_by_letter"),
    # the Core Group
    path("clusters/<int:pk>/core-group/", core_group.core_group, name="core_group"),
    path("seats/<int:pk>/delegate/", core_group.delegate, name="delegate"),
    path("members/<int:pk>/compete/", core_group.compete, name="compete"),
    path(
        "competitions/<int:pk>/take-back/",
        core_group.take_back_competition,
        name="take_back_competition",
    ),
]
