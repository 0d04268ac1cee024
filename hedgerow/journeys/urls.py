from django.urls import path

from .views import days, programme, stages, submissions, timetable

app_name = "journeys"

urlpatterns = [
    path("<int:pk>/", stages.journey, name="journey"),
    path("stages/<int:pk>/", stages.stage, name="stage"),
    path("stages/<int:pk>/close/", stages.close, name="close"),
    path("stages/<int:pk>/back/", stages.back, name="back"),
    path("tests/<int:pk>/tick/", stages.tick, name="tick"),
    path("tests/<int:pk>/untick/", stages.untick, name="untick"),
    path("<int:pk>/timetable/", timetable.timetable, name="timetable"),
    path("<int:pk>/timetable/<int:number>/", timetable.version, name="version"),
    path("dates/<int:pk>/move/", timetable.move, name="move"),
    path("dates/<int:pk>/ask/", timetable.ask, name="ask"),
    path("dates/<int:pk>/set/", timetable.set_date, name="set_date"),
    path("dates/<int:pk>/met/", timetable.meet, name="meet"),
    path("dates/<int:pk>/not-met/", timetable.unmeet, name="unmeet"),
    path("dates/<int:pk>/stands/", timetable.stands, name="stands"),
    path("stands/<str:token>/", timetable.stands_by_link, name="stands_by_link"),
    path("moves/<int:pk>/answer/", timetable.answer_move, name="answer_move"),
    path("<int:pk>/days/", days.days, name="days"),
    path("allowances/<int:pk>/log/", days.log, name="log"),
    path("allowances/<int:pk>/give/", days.give, name="give"),
    path("logged/<int:pk>/strike/", days.strike, name="strike"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/as.pdf", submissions.submission_pdf, name="submission_pdf"),
    path("submissions/<int:pk>/changes/", submissions.changes, name="submission_changes"),
    path("submissions/<int:pk>/take-back/", submissions.take_back, name="take_back_submission"),
    path("programmes/<int:pk>/", programme.board, name="board"),
    path("programmes/<int:pk>/board.csv", programme.board_csv, name="board_csv"),
    path("programmes/<int:pk>/clusters/new/", programme.new_cluster, name="new_cluster"),
    path("programmes/<int:pk>/designs/new/", programme.load_design, name="load_design"),
    path("clusters/<int:pk>/start/", programme.start, name="start"),
    path("designs/<int:pk>/", programme.design, name="design"),
]
