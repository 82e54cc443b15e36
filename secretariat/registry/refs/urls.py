from django.urls import path

from secretariat.registry.refs.views import desk as views

desk = [path("<slug:kind>/", views.suggest, name="suggest")]
