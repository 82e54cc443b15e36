from django.urls import path

from secretariat.governance.bodies.views import desk as desk_views

desk = [
    path("", desk_views.bodies, name="bodies"),
    path("<str:number>/", desk_views.body, name="body"),
]
