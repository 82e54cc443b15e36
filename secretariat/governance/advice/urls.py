from django.urls import path

from secretariat.governance.advice.views import desk as desk_views
from secretariat.governance.advice.views import my as my_views
from secretariat.governance.advice.views import papers

my = [
    path("", my_views.requests, name="requests"),
    path("<str:number>/", my_views.request, name="request"),
    path("<str:number>/contribute/", my_views.contribute, name="contribute"),
    path("<str:number>/adopt/", my_views.adopt, name="adopt"),
    path("<str:number>/papers/<int:paper>/<str:language>/", papers.file, name="file"),
]
desk = [
    path("", desk_views.requests, name="requests"),
    path("new/", desk_views.new, name="new"),
    path("<str:number>/", desk_views.request, name="request"),
    path("<str:number>/publish/", desk_views.publish, name="publish"),
    path("<str:number>/withdraw/", desk_views.withdraw, name="withdraw"),
    path("<str:number>/papers/new/", papers.new_paper, name="new_paper"),
    path("<str:number>/papers/<int:paper>/hand-in/", papers.new_version, name="new_version"),
    path("<str:number>/papers/<int:paper>/withdraw/", papers.withdraw_paper, name="withdraw_paper"),
    path("<str:number>/papers/<int:paper>/<str:language>/", papers.file, name="file"),
]
