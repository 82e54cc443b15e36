from django.urls import path

from secretariat.registry.people.views import desk as desk_views

desk = [
    path("", desk_views.people, name="people"),
    path("<str:number>/", desk_views.person, name="person"),
]
