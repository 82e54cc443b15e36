from django.urls import path

from secretariat.registry.places.views import desk as views

desk = [
    path("", views.places, name="places"),
    path("<str:code>/", views.place, name="place"),
    path("<str:code>/change/", views.change, name="change"),
]
