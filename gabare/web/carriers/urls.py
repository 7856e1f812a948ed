from django.urls import URLPattern, URLResolver

app_name = "carriers"
urlpatterns: list[URLPattern | URLResolver] = []
