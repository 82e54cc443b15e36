from django.urls import path

from secretariat.registry.relations import views

my = [
    path("", views.relations, name="relations"),
    path("new/", views.declare, name="declare"),
    path("<uuid:pk>/end/", views.end, name="end"),
]
desk = [
    path("<str:number>/new/", views.pin, name="pin"),
    path("<str:number>/<uuid:pk>/end/", views.end_pinned, name="end"),
]
