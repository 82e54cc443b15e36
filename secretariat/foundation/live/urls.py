from django.urls import path

from secretariat.foundation.live.views import public as views

public = [path("live/", views.ticket, name="ticket")]
