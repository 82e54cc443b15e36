from django.urls import path

from secretariat.governance.meetings.views import agenda, room
from secretariat.governance.meetings.views import desk as desk_views
from secretariat.governance.meetings.views import my as my_views

my = [
    path("", my_views.meetings, name="meetings"),
    path("<str:number>/", my_views.meeting, name="meeting"),
    path("<str:number>/meeting.ics", my_views.calendar, name="calendar"),
    path("<str:number>/notice-<str:language>.docx", my_views.notice, name="notice"),
    path("<str:number>/papers/<int:paper>/<str:language>/", my_views.file, name="file"),
    path("<str:number>/acts/<slug:verb>/", my_views.act, name="act"),
]
desk = [
    path("", desk_views.meetings, name="meetings"),
    path("new/", desk_views.new, name="new"),
    path("<str:number>/", desk_views.meeting, name="meeting"),
    path("<str:number>/change/", desk_views.change, name="change"),
    path("<str:number>/run/", room.run, name="run"),
    path("<str:number>/screen/", room.screen, name="screen"),
    path("<str:number>/attendance/", room.attendance, name="attendance"),
    path("<str:number>/attendance/<slug:verb>/", room.attend, name="attend"),
    path("<str:number>/acts/<slug:verb>/", desk_views.act, name="act"),
    path("<str:number>/items/new/", agenda.new_item, name="new_item"),
    path("<str:number>/items/<uuid:pk>/", agenda.change_item, name="change_item"),
    path("<str:number>/items/<uuid:pk>/move/<slug:verb>/", agenda.move_item, name="move_item"),
    path("<str:number>/items/<uuid:pk>/papers/new/", agenda.new_paper, name="new_paper"),
    path("<str:number>/items/<uuid:pk>/acts/<slug:verb>/", room.act_on_item, name="act_on_item"),
    path("<str:number>/papers/<int:paper>/new/", agenda.new_version, name="new_version"),
    path("<str:number>/papers/<int:paper>/withdraw/", agenda.withdraw_paper, name="withdraw_paper"),
    path("<str:number>/papers/<int:paper>/<str:language>/", agenda.file, name="file"),
    path("<str:number>/recusals/<uuid:pk>/lift/", room.lift, name="lift"),
    path("<str:number>/speeches/<uuid:pk>/<slug:verb>/", room.act_on_speech, name="act_on_speech"),
]
