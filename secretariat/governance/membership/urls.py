from django.urls import path

from secretariat.governance.membership.views import desk as desk_views
from secretariat.governance.membership.views import mass as mass_views

desk = [
    path("", desk_views.members, name="members"),
    path("many/<str:act>/", mass_views.many, name="many"),
    path("<str:number>/", desk_views.member, name="member"),
]
