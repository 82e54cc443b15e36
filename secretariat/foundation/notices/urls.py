from django.urls import path

from secretariat.foundation.notices.views import desk as desk_views
from secretariat.foundation.notices.views import jobs as jobs_views
from secretariat.foundation.notices.views import my as my_views
from secretariat.foundation.notices.views import public as public_views

public = [path("notices/stop/<str:token>/", public_views.stop, name="stop")]
my = [
    path("", my_views.inbox, name="inbox"),
    path("count/", my_views.count, name="count"),
    path("read/", my_views.read_all, name="read_all"),
    path("preferences/", my_views.preferences, name="preferences"),
    path("preferences/address/", my_views.try_again, name="try_again"),
    path("<uuid:pk>/", my_views.notice, name="notice"),
    path("<uuid:pk>/open/", my_views.go, name="open"),
]
desk = [
    path("", desk_views.mail, name="mail"),
    path("returned/", desk_views.returned, name="returned"),
    path("returned/<uuid:pk>/", desk_views.address, name="address"),
    path("jobs/", jobs_views.jobs, name="jobs"),
    path("jobs/<int:number>/", jobs_views.retry, name="retry"),
    path("kinds/", desk_views.kinds, name="kinds"),
    path("kinds/<str:key>/", desk_views.kind, name="kind"),
    path("kinds/<str:key>/mail.html", desk_views.preview, name="preview"),
]
