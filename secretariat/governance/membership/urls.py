from django.urls import path

from secretariat.governance.membership.views import desk as desk_views

desk = [
    path("", desk_views.members, name="members"),
    path("<str:number>/", desk_views.member, name="member"),
]
