from django.urls import path

from secretariat.registry.editions.views import desk as desk_views
from secretariat.registry.editions.views import keeping

desk = [
    path("", desk_views.editions, name="editions"),
    path("new/", keeping.new, name="new"),
    path("<str:number>/", desk_views.edition, name="edition"),
    path("<str:number>/change/", keeping.change, name="change"),
    path("<str:number>/next/", keeping.following, name="following"),
    path("<str:number>/parts/", keeping.parts, name="parts"),
    path("<str:number>/milestones/new/", keeping.milestone, name="add_milestone"),
    path("<str:number>/milestones/<slug:key>/", keeping.milestone, name="milestone"),
    path("<str:number>/do/<slug:act>/", keeping.act, name="act"),
]
