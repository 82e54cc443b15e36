from django.urls import path

from secretariat.governance.membership.views import categories, keeping, speaking
from secretariat.governance.membership.views import desk as desk_views
from secretariat.governance.membership.views import mass as mass_views
from secretariat.governance.membership.views import my as my_views

my = [
    path("<str:number>/", my_views.member, name="member"),
    path("<str:number>/directory/", my_views.directory_entry, name="directory"),
    path("<str:number>/named/", my_views.named, name="named"),
    path("<str:number>/representatives/new/", speaking.name, name="name"),
    path("<str:number>/representatives/<uuid:pk>/", speaking.end, name="end"),
    path("<str:number>/representatives/<uuid:pk>/vote/", speaking.hand_vote, name="hand_vote"),
]
desk = [
    path("", desk_views.members, name="members"),
    path("many/<str:act>/", mass_views.many, name="many"),
    path("categories/", categories.categories, name="categories"),
    path("categories/<slug:key>/", categories.conditions, name="conditions"),
    path("admit/", keeping.admit, name="admit"),
    path("<str:number>/", desk_views.member, name="member"),
    path("<str:number>/representatives/new/", keeping.add_representative, name="add_representative"),
    path("<str:number>/representatives/<uuid:pk>/", keeping.end_representative, name="end_representative"),
    path("<str:number>/representatives/<uuid:pk>/vote/", keeping.hand_vote, name="hand_vote"),
    path("<str:number>/<slug:act>/", keeping.act, name="act"),
]
