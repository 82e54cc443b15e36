from django.urls import path

from secretariat.registry.people.views import desk as desk_views
from secretariat.registry.people.views import keeping

desk = [
    path("", desk_views.people, name="people"),
    path("new/", keeping.new, name="new"),
    path("<str:number>/", desk_views.person, name="person"),
    path("<str:number>/change/", keeping.change, name="change"),
    path("<str:number>/account/", keeping.link_account, name="link_account"),
    path("<str:number>/affiliations/new/", keeping.add_affiliation, name="add_affiliation"),
    path("<str:number>/affiliations/<uuid:pk>/", keeping.change_affiliation, name="change_affiliation"),
]
