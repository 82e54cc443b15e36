from django.urls import path

from secretariat.governance.membership.views import desk as desk_views
from secretariat.governance.membership.views import keeping
from secretariat.governance.membership.views import mass as mass_views

desk = [
    path("", desk_views.members, name="members"),
    path("many/<str:act>/", mass_views.many, name="many"),
    path("admit/", keeping.admit, name="admit"),
    path("<str:number>/", desk_views.member, name="member"),
    path("<str:number>/representatives/new/", keeping.add_representative, name="add_representative"),
    path("<str:number>/representatives/<uuid:pk>/", keeping.end_representative, name="end_representative"),
    path("<str:number>/<slug:act>/", keeping.act, name="act"),
]
