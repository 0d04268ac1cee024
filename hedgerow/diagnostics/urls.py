from django.urls import path

from .views import (
    instruments,
    pictures,
    releases,
    reminders,
    rounds,
    sections,
    sharing,
    sheets,
    stages,
    workbooks,
)

app_name = "diagnostics"
urlpatterns = [
    # what can be asked: anyone may read it
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<slug:slug>/", instruments.instrument, name="instrument"),
    path("instruments/<slug:slug>/blank.xlsx", instruments.blank_workbook, name="blank_workbook"),
    path(
        "instruments/<slug:slug>/instrument.yaml",
        instruments.instrument_file,
        name="instrument_file",
    ),
    path("crosswalk/", instruments.crosswalk, name="crosswalk"),
    # rounds
    path("stages/<int:pk>/", stages.gathering, name="gathering"),
    path("clusters/<int:pk>/", rounds.rounds, name="rounds"),
    path("clusters/<int:pk>/rounds/new/", rounds.open_round, name="open_round"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/due/", rounds.move_round, name="move_round"),
    path("rounds/<int:pk>/talk/", rounds.write_talk, name="write_talk"),
    path("rounds/<int:pk>/close/", releases.close_round, name="close_round"),
    path("members/<int:pk>/nudge/", reminders.nudge, name="nudge"),
    path("members/<int:pk>/why-not/", reminders.say_why_not, name="say_why_not"),
    path("why-not/<int:pk>/take-back/", reminders.take_back_why_not, name="take_back_why_not"),
    # answers
    path("askings/<int:pk>/", sheets.asking, name="asking"),
    path("members/<int:pk>/askings/<int:asking>/begin/", sheets.begin_sheet, name="begin_sheet"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/finish/", sheets.finish_sheet, name="finish_sheet"),
    path("sheets/<int:pk>/<slug:section>/", sections.answer_section, name="answer_section"),
    path("files/<int:pk>/", sheets.answer_file, name="answer_file"),
    path(
        "members/<int:pk>/askings/<int:asking>/differences/",
        sharing.differences,
        name="differences",
    ),
    path("shared/<int:pk>/share/", sharing.share_section, name="share_section"),
    # answers by spreadsheet
    path("workbooks/<int:pk>/answers.xlsx", workbooks.workbook, name="workbook"),
    path("workbooks/<int:pk>/give/", workbooks.give_workbook, name="give_workbook"),
    path("workbooks/<int:pk>/take/<int:upload>/", workbooks.take_workbook, name="take_workbook"),
    path("askings/<int:pk>/cluster.xlsx", workbooks.cluster_workbook, name="cluster_workbook"),
    path("askings/<int:pk>/record/", workbooks.record_workbook, name="record_workbook"),
    path(
        "askings/<int:pk>/record/<int:upload>/",
        workbooks.take_cluster_workbook,
        name="take_cluster_workbook",
    ),
    # the shared picture
    path("rounds/<int:pk>/picture/", pictures.picture, name="picture"),
    path("askings/<int:pk>/picture/", pictures.asking_picture, name="asking_picture"),
    path("askings/<int:pk>/figures/<slug:figure>/", pictures.figure, name="figure"),
    path("programmes/<int:pk>/figures/", pictures.programme_figures, name="programme_figures"),
    path("askings/<int:pk>/releases/", releases.releases, name="releases"),
    path("members/<int:pk>/askings/<int:asking>/consent/", releases.consent, name="consent"),
    path("consents/<int:pk>/take-back/", releases.take_back_consent, name="take_back_consent"),
]
