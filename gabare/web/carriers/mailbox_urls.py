from django.urls import path

from gabare.web.carriers import mailbox

urlpatterns = [
    path("", mailbox.mailbox, name="demo-mailbox"),
    path("<slug:public_id>/", mailbox.letter, name="demo-letter"),
]
