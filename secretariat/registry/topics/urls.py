from django.urls import path

from secretariat.registry.topics.views import desk as views

desk = [
    path("", views.topics, name="topics"),
    path("new/", views.new, name="new"),
    path("<slug:key>/", views.topic, name="topic"),
    path("<slug:key>/change/", views.change, name="change"),
]
