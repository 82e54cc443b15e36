from django.urls import path

from secretariat.governance.admissions.views import desk as desk_views
from secretariat.governance.admissions.views import my as my_views
from secretariat.governance.admissions.views import prospects as prospect_views

my = [
    path("", my_views.applications, name="applications"),
    path("new/", my_views.new, name="new"),
    path("sponsors/<uuid:pk>/", my_views.sponsor, name="sponsor"),
    path("<str:number>/", my_views.application, name="application"),
    path("<str:number>/sponsor/", my_views.ask_sponsor, name="ask_sponsor"),
    path("<str:number>/withdraw/", my_views.withdraw, name="withdraw"),
    path("<str:number>/certificate.pdf", my_views.certificate, name="certificate"),
    path("<str:number>/inquiries/<uuid:pk>/", my_views.answer, name="answer"),
]
desk = [
    path("", desk_views.applications, name="applications"),
    path("prospects/", prospect_views.prospects, name="prospects"),
    path("prospects/new/", prospect_views.note, name="note"),
    path("prospects/<uuid:pk>/", prospect_views.prospect, name="prospect"),
    path("prospects/<uuid:pk>/<slug:act>/", prospect_views.act, name="act_on_prospect"),
    path("<str:number>/", desk_views.application, name="application"),
    path("<str:number>/certificate.pdf", desk_views.certificate, name="certificate"),
    path("<str:number>/checks/<slug:point>/", desk_views.check, name="check"),
    path("<str:number>/acts/<slug:act>/", desk_views.act, name="act"),
]
