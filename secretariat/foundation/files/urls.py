from django.urls import path

from secretariat.foundation.files.views import my as views

my = [
    path("", views.begin, name="begin"),
    path("<uuid:pk>/", views.upload, name="upload"),
]
