from django.urls import path

from secretariat.governance.minutes.views import desk as desk_views
from secretariat.governance.minutes.views import my as my_views
from secretariat.governance.minutes.views import register

my = [
    path("", my_views.minutes, name="minutes"),
    path("resolutions/<str:number>/", my_views.resolution, name="resolution"),
    path("resolutions/<str:number>/<str:language>.docx", my_views.resolution_word, name="resolution_word"),
    path("resolutions/<str:number>/actions/<str:task>/", my_views.done, name="done"),
    path("resolutions/<str:number>/evidence/<uuid:pk>/", my_views.evidence, name="evidence"),
    path("<str:number>/", my_views.one, name="one"),
    path("<str:number>/read/", my_views.read, name="read"),
    path("<str:number>/<str:language>.docx", my_views.word, name="word"),
    path("<str:number>/paragraphs/<uuid:pk>/", my_views.correct, name="correct"),
]
desk = [
    path("", desk_views.minutes, name="minutes"),
    path("draft/<str:number>/", desk_views.draft, name="draft"),
    path("resolutions/", register.resolutions, name="resolutions"),
    path("resolutions/enter/<str:number>/", register.enter, name="enter"),
    path("resolutions/<str:number>/", register.resolution, name="resolution"),
    path("resolutions/<str:number>/publish/", register.publish, name="publish"),
    path("resolutions/<str:number>/<str:language>.docx", register.word, name="resolution_word"),
    path("resolutions/<str:number>/evidence/<uuid:pk>/", register.evidence, name="evidence"),
    path("resolutions/<str:number>/actions/new/", register.new_action, name="new_action"),
    path("resolutions/<str:number>/actions/<str:task>/<slug:verb>/", register.action, name="action"),
    path("<str:number>/", desk_views.one, name="one"),
    path("<str:number>/<str:language>.docx", desk_views.word, name="word"),
    path("<str:number>/acts/<slug:verb>/", desk_views.act, name="act"),
    path("<str:number>/paragraphs/<uuid:pk>/", desk_views.edit, name="edit"),
    path("<str:number>/corrections/<uuid:pk>/<slug:verb>/", desk_views.correction, name="correction"),
]
