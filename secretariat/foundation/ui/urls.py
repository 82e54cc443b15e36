from django.urls import path

from secretariat.foundation.ui.views import public as views

public = [path("style/", views.style, name="style")]
