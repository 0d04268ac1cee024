from .views import URLS

app_name = "ledger"
urlpatterns = [*URLS]
