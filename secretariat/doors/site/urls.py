from django.urls import path

from secretariat.doors.site.views import (
    archive,
    entering,
    front,
    language,
    log,
    members,
    publications,
    selections,
)

app_name = "site"
urlpatterns = [
    path("", front.front, name="front"),
    path("selections/", selections.index, name="selections"),
    path("selections/<slug:key>/", selections.selection, name="selection"),
    path("selections/<slug:key>/bundle.zip", selections.bundle, name="bundle"),
    path("selections/<slug:key>/<str:number>/", selections.entry, name="entry"),
    path("publications/<slug:key>.pdf", publications.book, name="book"),
    path("members/", members.members, name="members"),
    path("archive/", archive.archive, name="archive"),
    path("log/", log.log, name="log"),
    path("log/head.txt", log.head, name="log_head"),
    path("log/key.txt", log.key, name="log_key"),
    path("language/<str:code>/", language.switch, name="language"),
    path("enter/<str:token>/", entering.enter, name="enter"),
    path("my/sign-out/", entering.sign_out, name="sign_out"),
    path("healthz", log.health, name="health"),
]
