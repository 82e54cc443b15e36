from django.urls import path

from secretariat.record.tasks.views import desk as desk_views
from secretariat.record.tasks.views import mass
from secretariat.record.tasks.views import my as my_views

my = [
    path("", my_views.tasks, name="tasks"),
    path("<str:number>/", my_views.task, name="task"),
]
desk = [
    path("", desk_views.tasks, name="tasks"),
    path("new/", desk_views.new, name="new"),
    path("many/<str:act>/", mass.many, name="many"),
    path("plan/", desk_views.plan, name="plan"),
    path("<str:number>/", desk_views.task, name="task"),
    path("<str:number>/change/", desk_views.change, name="change"),
    path("<str:number>/end/<str:state>/", desk_views.end, name="end"),
]
