from django.urls import path

from secretariat.summit.review.views import conflicts, decisions, habits, lists, matching, moving
from secretariat.summit.review.views import desk as desk_views
from secretariat.summit.review.views import my as my_views

CALL, STAGE, ITEM = "calls/<slug:key>", "calls/<slug:key>/<slug:stage>", "<str:number>"

my = [
    path("", my_views.queue, name="queue"),
    path("lists/", decisions.waiting, name="lists"),
    path("lists/<slug:key>/<slug:stage>/", decisions.decide, name="decide"),
    path(f"{CALL}/conflicts/", my_views.declare, name="declare"),
    path(f"{STAGE}/done/", my_views.done, name="done"),
    path(f"{STAGE}/accept/", my_views.accept, name="accept"),
    path(f"{STAGE}/items/{ITEM}/", my_views.read, name="read"),
    path(f"{STAGE}/items/{ITEM}/files/<uuid:pk>/", my_views.file, name="file"),
    path(f"{STAGE}/items/{ITEM}/draft/", my_views.draft, name="draft"),
    path(f"{STAGE}/items/{ITEM}/aside/", my_views.step_aside, name="aside"),
    path(f"{STAGE}/items/{ITEM}/decline/", my_views.decline, name="decline"),
]
desk = [
    path("", desk_views.calls, name="calls"),
    path(f"{CALL}/", desk_views.call, name="call"),
    path(f"{CALL}/items/{ITEM}/", desk_views.item, name="item"),
    path(f"{CALL}/conflicts/", conflicts.index, name="conflicts"),
    path(f"{CALL}/conflicts/find/", conflicts.find, name="find"),
    path(f"{CALL}/conflicts/enter/", conflicts.enter, name="enter"),
    path(f"{CALL}/conflicts/<uuid:pk>/", conflicts.resolve, name="resolve"),
    path(f"{STAGE}/remind/", desk_views.remind, name="remind"),
    path(f"{STAGE}/readings/", matching.readings, name="readings"),
    path(f"{STAGE}/readings/propose/", matching.propose, name="propose"),
    path(f"{STAGE}/readings/assign/", matching.assign, name="assign"),
    path(f"{STAGE}/readings/repair/", matching.repair, name="repair"),
    path(f"{STAGE}/readings/<uuid:pk>/", matching.proposal, name="proposal"),
    path(f"{STAGE}/readings/<uuid:pk>/deploy/", matching.deploy, name="deploy"),
    path(f"{STAGE}/readings/<uuid:pk>/discard/", matching.discard, name="discard"),
    path(f"{STAGE}/readings/<uuid:pk>/undo/", matching.undo, name="undo"),
    path(f"{STAGE}/list/", lists.ranking, name="list"),
    path(f"{STAGE}/line/", lists.line, name="line"),
    path(f"{STAGE}/line/readers/", habits.habits, name="habits"),
    path(f"{STAGE}/line/move/", moving.move, name="move"),
    path(f"{STAGE}/line/deliberate/", moving.deliberate, name="deliberate"),
    path(f"{STAGE}/list/freeze/", lists.freeze, name="freeze"),
]
