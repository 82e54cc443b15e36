from django.urls import path

from secretariat.doors.my.views import home, roles

app_name = "my"
urlpatterns = [
    path("", home.home, name="home"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<str:organisation>/<str:person>/", roles.change, name="change_role"),
]
