from django.urls import path

from secretariat.foundation.privacy.views import desk as desk_views
from secretariat.foundation.privacy.views import my as my_views

my = [
    path("", my_views.privacy, name="privacy"),
    path("copy/", my_views.ask_copy, name="ask_copy"),
    path("copy/<uuid:pk>/", my_views.copy, name="copy"),
    path("looks/", my_views.looks, name="looks"),
    path("erasure/", my_views.ask_erasure, name="ask_erasure"),
    path("erasure/<uuid:pk>/withdraw/", my_views.withdraw, name="withdraw"),
]
desk = [
    path("", desk_views.wishes, name="wishes"),
    path("run-out/", desk_views.run_out, name="run_out"),
    path("run-out/erase/", desk_views.apply_retention, name="apply_retention"),
    path("looks/", desk_views.disclosures, name="disclosures"),
    path("<uuid:pk>/", desk_views.wish, name="wish"),
    path("<uuid:pk>/erase/", desk_views.erase, name="erase"),
    path("<uuid:pk>/refuse/", desk_views.refuse, name="refuse"),
]
