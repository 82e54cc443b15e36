from django.urls import path

from secretariat.foundation.tokens.views import my as my_views

my = [
    path("", my_views.tokens, name="tokens"),
    path("new/", my_views.new, name="new"),
    path("<uuid:pk>/revoke/", my_views.revoke, name="revoke"),
]
