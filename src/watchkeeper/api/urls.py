"""The API's addresses. Its views begin their own transactions, and say for which token's account they stand."""

from django.urls import path

from watchkeeper.api.v1 import api

_routes, _application, _namespace = api.urls

for _route in _routes:
    _route.callback.stands_for_itself = True

urlpatterns = [path("", (_routes, _application, _namespace))]
