from django.urls import path

from secretariat.governance.motions.views import desk as desk_views
from secretariat.governance.motions.views import my as my_views
from secretariat.governance.motions.views import writing

my = [
    path("", my_views.motions, name="motions"),
    path("new/", my_views.new, name="new"),
    path("<str:number>/", my_views.motion, name="motion"),
    path("<str:number>/write/", writing.write, name="write"),
    path("<str:number>/autosave/", writing.autosave, name="autosave"),
    path("<str:number>/amend/<int:paragraph>/", my_views.amend, name="amend"),
    path("<str:number>/acts/<slug:act>/", my_views.act, name="act"),
    path("<str:number>/amendments/<int:at>/<slug:act>/", my_views.act_on_amendment, name="act_on_amendment"),
]
desk = [
    path("", desk_views.motions, name="motions"),
    path("requirements/", desk_views.requirements, name="requirements"),
    path("<str:number>/", desk_views.motion, name="motion"),
    path("<str:number>/order/", desk_views.order, name="order"),
    path("<str:number>/acts/<slug:act>/", desk_views.act, name="act"),
    path(
        "<str:number>/amendments/<int:at>/<slug:act>/", desk_views.act_on_amendment, name="act_on_amendment"
    ),
]
