from django.urls import path

from secretariat.summit.calls.views import (
    applying,
    building,
    desk,
    following,
    late,
    naming,
    partners,
    questions,
    writing,
)

my = [
    path("submissions/", following.submissions, name="submissions"),
    path("calls/<slug:key>/", applying.call, name="call"),
    path("calls/<slug:key>/start/", applying.start, name="start"),
    path("submissions/<str:number>/", following.submission, name="submission"),
    path("submissions/<str:number>/write/", writing.write, name="write"),
    path("submissions/<str:number>/autosave/", writing.autosave, name="autosave"),
    path("submissions/<str:number>/preview/", writing.preview, name="preview"),
    path("submissions/<str:number>/hand-in/", writing.hand_in, name="hand_in"),
    path("submissions/<str:number>/partners/", partners.partners, name="partners"),
    path("submissions/<str:number>/committee/", naming.name_conflict, name="name_conflict"),
    path("submissions/<str:number>/receipts/<int:version>/", following.receipt, name="receipt"),
    path("submissions/<str:number>/receipts/<int:version>.txt", following.receipt_text, name="receipt_text"),
    path("submissions/<str:number>/versions/<int:version>/", following.version, name="version"),
    path("submissions/<str:number>/files/<uuid:file>/", following.file, name="file"),
    path("submissions/<str:number>/questions/<uuid:pk>/", questions.answer, name="answer"),
    path("submissions/<str:number>/answers/<uuid:file>/", questions.file, name="answer_file"),
    path("submissions/<str:number>/late/", late.enter, name="enter_late"),
    path("submissions/<str:number>/withdraw/", following.withdraw, name="withdraw"),
    path("approvals/<str:organisation>/", partners.approvals, name="approvals"),
]
desk = [
    path("calls/", desk.calls, name="calls"),
    path("calls/<slug:key>/", desk.call, name="call"),
    path("calls/<slug:key>/form/", desk.form, name="form"),
    path("calls/<slug:key>/late/", late.codes, name="late"),
    path("calls/<slug:key>/late/<uuid:pk>/end/", late.end, name="end_late"),
    path("calls/<slug:key>/copy/", building.copy, name="copy"),
    path("calls/<slug:key>/build/", building.build, name="build"),
    path("calls/<slug:key>/build/details/", building.details, name="details"),
    path("calls/<slug:key>/build/<slug:part>/new/", building.new_part, name="new_part"),
    path("calls/<slug:key>/build/<slug:part>/<slug:row>/", building.change_part, name="change_part"),
    path(
        "calls/<slug:key>/build/<slug:part>/<slug:row>/<slug:verb>/", building.act_on_part, name="act_on_part"
    ),
    path("calls/<slug:key>/submissions/", desk.submissions, name="submissions"),
    path("calls/<slug:key>/<slug:act>/confirm/", desk.confirm, name="confirm"),
    path("submissions/<str:number>/", desk.submission, name="submission"),
    path("submissions/<str:number>/versions/<int:version>/", desk.version, name="version"),
    path("submissions/<str:number>/files/<uuid:file>/", desk.file, name="file"),
    path("submissions/<str:number>/ask/", questions.ask, name="ask"),
    path("submissions/<str:number>/questions/<uuid:pk>/settle/", questions.settle, name="settle"),
    path("submissions/<str:number>/answers/<uuid:file>/", questions.desk_file, name="answer_file"),
]
