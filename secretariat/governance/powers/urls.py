from django.urls import path

from secretariat.governance.powers.views import desk as desk_views

desk = [
    path("new/<uuid:body>/", desk_views.new, name="new"),
    path("<uuid:pk>/end/", desk_views.end, name="end"),
    path("<uuid:pk>/delegate/", desk_views.delegate, name="delegate"),
    path("delegations/<uuid:pk>/revoke/", desk_views.revoke, name="revoke"),
]
