from django.urls import path

from secretariat.record.mailings.views import copies, mailings, writing
from secretariat.record.mailings.views import public as public_views

public = [path("mailings/stop/<str:token>/", public_views.stop, name="stop")]
desk = [
    path("", mailings.index, name="mailings"),
    path("to/<slug:audience>/", writing.begin, name="begin"),
    path("<str:number>/", mailings.mailing, name="mailing"),
    path("<str:number>/write/", writing.write, name="write"),
    path("<str:number>/preview/", copies.preview, name="preview"),
    path("<str:number>/preview/mail.html", copies.preview_mail, name="preview_mail"),
    path("<str:number>/copies/", copies.copies, name="copies"),
    path("<str:number>/copies/<uuid:pk>/", copies.copy, name="copy"),
    path("<str:number>/copies/<uuid:pk>/mail.html", copies.mail, name="mail"),
    path("<str:number>/do/<slug:verb>/", mailings.act, name="act"),
]
