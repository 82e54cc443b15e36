from django.urls import path

from secretariat.registry.organisations.views import desk as desk_views
from secretariat.registry.organisations.views import keeping

desk = [
    path("", desk_views.organisations, name="organisations"),
    path("new/", keeping.new, name="new"),
    path("<str:number>/", desk_views.organisation, name="organisation"),
    path("<str:number>/change/", keeping.change, name="change"),
]
