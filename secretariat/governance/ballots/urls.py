from django.urls import path

from secretariat.governance.ballots.views import desk as desk_views
from secretariat.governance.ballots.views import my as my_views
from secretariat.governance.ballots.views import procedures

my = [
    path("", my_views.ballots, name="ballots"),
    path("<str:number>/", my_views.ballot, name="ballot"),
    path("<str:number>/tally/", my_views.tally, name="tally"),
    path("<str:number>/lines/<int:position>/", my_views.vote, name="vote"),
]
desk = [
    path("", desk_views.ballots, name="ballots"),
    path("new/", desk_views.new, name="new"),
    path("procedures/new/<uuid:body>/", procedures.lay_down, name="lay_down"),
    path("procedures/<uuid:pk>/", procedures.procedure, name="procedure"),
    path("<str:number>/", desk_views.ballot, name="ballot"),
    path("<str:number>/roll/", desk_views.roll, name="roll"),
    path("<str:number>/call/", desk_views.call, name="call"),
    path("<str:number>/call/<int:position>/", desk_views.enter, name="enter"),
    path("<str:number>/screen/", desk_views.screen, name="screen"),
    path("<str:number>/acts/<slug:verb>/", desk_views.act, name="act"),
]
