from django.urls import path

from secretariat.governance.bodies.views import desk as desk_views
from secretariat.governance.bodies.views import keeping, terms

desk = [
    path("", desk_views.bodies, name="bodies"),
    path("new/", keeping.new, name="new"),
    path("terms/", terms.terms, name="terms"),
    path("terms/many/<str:act>/", terms.many, name="many"),
    path("<str:number>/", desk_views.body, name="body"),
    path("<str:number>/change/", keeping.change, name="change"),
    path("<str:number>/seats/new/", keeping.add_seats, name="add_seats"),
    path("<str:number>/seats/<slug:key>/change/", keeping.change_seat, name="change_seat"),
    path("<str:number>/seats/<slug:key>/appoint/", keeping.appoint, name="appoint"),
    path("<str:number>/terms/<uuid:pk>/end/", keeping.end_term, name="end_term"),
    path("<str:number>/terms/<uuid:pk>/succeed/", keeping.succeed, name="succeed"),
    path("<str:number>/terms/<uuid:pk>/call-in/", keeping.call_in, name="call_in"),
    path("<str:number>/calls/<uuid:pk>/off/", keeping.call_off, name="call_off"),
]
