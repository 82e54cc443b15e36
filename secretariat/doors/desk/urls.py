from django.urls import path

from secretariat.doors.desk.views import home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
]
