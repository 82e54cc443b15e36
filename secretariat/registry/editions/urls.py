from django.urls import path

from secretariat.registry.editions.views import desk as desk_views

desk = [
    path("", desk_views.editions, name="editions"),
    path("<str:number>/", desk_views.edition, name="edition"),
]
