from django.urls import path

from gabare.web.carriers import (
    attachments,
    dates,
    following,
    kit,
    review,
    sending,
    starting,
    steps,
)

app_name = "carriers"
urlpatterns = [
    path("deposer/", starting.choose_axis, name="choose-axis"),
    path("deposer/reprendre/<str:secret>/", starting.resume, name="resume"),
    path("deposer/<str:public_id>/axe/", starting.another_axis, name="another-axis"),
    path("deposer/<str:public_id>/lien/", starting.letter, name="letter"),
    path("deposer/<str:public_id>/apercu/", review.preview, name="preview"),
    path("deposer/<str:public_id>/identite/", sending.identify, name="identify"),
    path("deposer/<str:public_id>/envoyer/", sending.send, name="send"),
    path("deposer/<str:public_id>/envoyee/", sending.sent, name="sent"),
    path("deposer/<str:public_id>/<slug:step>/", steps.step, name="step"),
    path("deposer/<str:public_id>/<slug:step>/enregistrer/", steps.autosave, name="save"),
    path("mes-initiatives/", following.mine, name="mine"),
    path("mes-initiatives/<str:public_id>/reprendre/", following.reopen, name="reopen"),
    path("mes-initiatives/<str:public_id>/dates/", dates.dates, name="dates"),
    path("mes-initiatives/<str:public_id>/retirer/", following.withdraw, name="withdraw"),
    path(
        "mes-initiatives/<str:public_id>/version/<int:number>/", following.version, name="version"
    ),
    path("mes-initiatives/<str:public_id>/kit/", kit.kit, name="kit"),
    path("pieces/<str:public_id>/", attachments.download, name="attachment"),
]
