from django.urls import path

from secretariat.registry.identity.views import desk as views

desk = [
    path("", views.duplicates, name="pairs"),
    path("compare/", views.compare, name="compare"),
    path("merges/", views.merges, name="merges"),
    path("merges/<uuid:pk>/undo/", views.undo, name="undo"),
    path("<slug:what>/", views.duplicates, name="duplicates"),
    path("<slug:what>/<str:one>/<str:other>/", views.pair, name="pair"),
    path("<slug:what>/<str:one>/<str:other>/apart/", views.tell_apart, name="tell_apart"),
]
