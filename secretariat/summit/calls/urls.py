from django.urls import URLPattern

my: list[URLPattern] = []
desk: list[URLPattern] = []
