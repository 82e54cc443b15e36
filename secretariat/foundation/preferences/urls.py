from django.urls import path

from secretariat.foundation.preferences.views import my as my_views

my = [
    path("", my_views.views, name="views"),
    path("save/", my_views.save_view, name="save_view"),
    path("<uuid:key>/", my_views.change_view, name="change_view"),
]
