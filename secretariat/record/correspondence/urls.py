from django.urls import path

from secretariat.record.correspondence.views import incoming, letters

desk = [
    path("", letters.letters, name="letters"),
    path("new/", letters.new, name="new"),
    path("in/", incoming.index, name="all_incoming"),
    path("in/new/", incoming.new, name="new_incoming"),
    path("in/<str:number>/", incoming.incoming, name="incoming"),
    path("in/<str:number>/<str:verb>/", incoming.act, name="act_incoming"),
    path("<str:number>/", letters.letter, name="letter"),
    path("<str:number>/change/", letters.change, name="change"),
    path("<str:number>/paper/", letters.paper, name="paper"),
    path("<str:number>/letter.pdf", letters.pdf, name="pdf"),
    path("<str:number>/<str:verb>/", letters.act, name="act"),
]
