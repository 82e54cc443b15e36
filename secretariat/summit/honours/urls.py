from django.urls import path

from secretariat.summit.honours.views import books
from secretariat.summit.honours.views import desk as desk_views
from secretariat.summit.honours.views import my as my_views

my = [
    path("", my_views.honours, name="honours"),
    path("offers/<str:number>/", my_views.offer, name="offer"),
    path("entries/<slug:key>/<str:number>/", my_views.entry, name="entry"),
]
desk = [
    path("", desk_views.calls, name="calls"),
    path("<slug:key>/", desk_views.call, name="call"),
    path("<slug:key>/offer/", desk_views.offer, name="offer"),
    path("<slug:key>/release/", desk_views.release, name="release"),
    path("<slug:key>/confer/", desk_views.confer, name="confer"),
    path("<slug:key>/honours/<str:number>/revoke/", desk_views.revoke, name="revoke"),
    path("<slug:key>/book/", books.book, name="book"),
    path("<slug:key>/book/prepare/", books.prepare, name="prepare"),
    path("<slug:key>/book/lapse/", books.lapse, name="lapse"),
    path("<slug:key>/book/set/", books.typeset, name="typeset"),
]
