from django.urls import path

from secretariat.foundation.tokens.views import desk as desk_views
from secretariat.foundation.tokens.views import my as my_views

my = [
    path("", my_views.tokens, name="tokens"),
    path("new/", my_views.new, name="new"),
    path("<uuid:pk>/revoke/", my_views.revoke, name="revoke"),
]

desk = [
    path("", desk_views.tokens, name="tokens"),
    path("new/", desk_views.new, name="new"),
    path("<uuid:pk>/", desk_views.token, name="token"),
    path("<uuid:pk>/renew/", desk_views.renew, name="renew"),
    path("<uuid:pk>/hand-over/", desk_views.hand_over, name="hand_over"),
    path("<uuid:pk>/revoke/", desk_views.revoke, name="revoke"),
]
