"""The addresses of the product, with nothing around a refusal: for walks that ask hundreds of times what is refused."""

from django.http import HttpResponse

from secretariat.config.urls import urlpatterns  # noqa: F401


def handler404(request, exception):
    return HttpResponse(status=404)


def handler403(request, exception):
    return HttpResponse(status=403)
