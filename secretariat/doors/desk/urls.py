from django.urls import path

from secretariat.doors.desk.views import home, trail

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<int:number>/", trail.act, name="act"),
]
