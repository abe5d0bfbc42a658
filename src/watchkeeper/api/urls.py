"""The API's addresses. Its views begin their own transactions, and say for which token's account they stand."""

from django.urls import path

from watchkeeper.api.v1 import api
from watchkeeper.people.wall import stands_for_itself

_routes, _application, _namespace = api.urls

for _route in _routes:
    stands_for_itself(_route.callback)

urlpatterns = [path("", (_routes, _application, _namespace))]
