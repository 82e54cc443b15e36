from django.urls import path

from secretariat.registry.imports.views import desk as views

desk = [
    path("", views.imports, name="imports"),
    path("new/", views.new, name="new"),
    path("<str:number>/", views.import_, name="import"),
    path("<str:number>/columns/", views.match, name="match"),
    path("<str:number>/<slug:act>/", views.act, name="act"),
]
