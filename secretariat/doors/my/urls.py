from django.urls import path

from secretariat.doors.my.views import home

app_name = "my"
urlpatterns = [
    path("", home.home, name="home"),
]
