from django.urls import path

from .views import clusters, copies, own, public, record

urlpatterns = [
    path("", public.front, name="front"),
    path("home/", own.home, name="home"),
    path("letters/stop/<str:token>/", own.digest_off, name="digest_off"),
    path("clusters/", clusters.clusters, name="clusters"),
    path("clusters/<int:pk>/", clusters.cluster, name="cluster"),
    path("clusters/<int:pk>/history/", clusters.cluster_history, name="cluster_history"),
    path("clusters/<int:pk>/report/", clusters.cluster_report, name="cluster_report"),
    path("clusters/<int:pk>/page/", clusters.cluster_page, name="cluster_page"),
    path("programmes/<int:pk>/history/", clusters.programme_history, name="programme_history"),
    path("our/<slug:slug>/", clusters.public_cluster, name="public_cluster"),
    path("copy/", copies.copy, name="copy"),
    path("copy/organisation/<int:pk>/", copies.organisation_copy, name="organisation_copy"),
    path("copy/cluster/<int:pk>/", copies.cluster_copy, name="cluster_copy"),
    path("record/", record.record, name="record"),
    path("record/<slug:slug>/", record.record_cluster, name="record_cluster"),
    path("example/", public.example, name="example"),
    path("look/", public.look, name="look"),
    path("about/help/", public.help_in_person, name="help"),
    path("about/sharing/", public.sharing, name="sharing"),
    path("about/accessibility/", public.accessibility, name="accessibility"),
    path("about/privacy/", public.privacy, name="privacy"),
    path("about/code/", public.code, name="code"),
    path("healthz", public.healthz, name="healthz"),
]
