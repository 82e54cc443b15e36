from django.urls import path

from secretariat.record.search.views import searching

my = [path("", searching.my, name="search")]
desk = [path("", searching.desk, name="search")]
