from django.urls import path

from secretariat.registry.organisations.views import desk as desk_views

desk = [
    path("", desk_views.organisations, name="organisations"),
    path("<str:number>/", desk_views.organisation, name="organisation"),
]
