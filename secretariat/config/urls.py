from django.urls import include, path

urlpatterns = [path("", include("secretariat.doors.site.urls"))]
handler403 = "secretariat.doors.site.views.errors.forbidden"
handler404 = "secretariat.doors.site.views.errors.not_found"
handler500 = "secretariat.doors.site.views.errors.broken"
