from django.urls import URLPattern, path

from hedgerow.grants.views import costs, giving, open_data

URLS: list[URLPattern] = [
    path("open/", open_data.open_data, name="open_data"),
    path("open/<slug:slug>/", open_data.open_programme, name="open_programme"),
    path("open/<slug:slug>.json", open_data.open_json, name="open_json"),
    path("open/<slug:slug>.csv", open_data.open_csv, name="open_csv"),
    path("programmes/<int:pk>/publisher/", giving.publisher, name="publisher"),
    path("programmes/<int:pk>/files/", giving.grant_files, name="grant_files"),
    path("programmes/<int:pk>/files/<int:file>/", giving.grant_file, name="grant_file"),
    path("programmes/<int:pk>/files/read/", giving.read_grant_file, name="read_grants"),
    path("programmes/<int:pk>/files/take/<int:upload>/", giving.take_grants, name="take_grants"),
    path("programmes/<int:pk>/costs/", costs.costs, name="costs"),
    path("clusters/<int:pk>/have/", giving.members_have, name="members_have"),
]
