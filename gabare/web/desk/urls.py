from django.urls import URLPattern, URLResolver, path

from gabare.web.desk import (
    advices,
    demo,
    dossiers,
    editions,
    labels,
    letters,
    queues,
    recusing,
    trace,
)

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", queues.queue, name="queue"),
    path("dossiers/<int:dossier_id>/", dossiers.dossier, name="dossier"),
    path("dossiers/<int:dossier_id>/decider/", dossiers.decide, name="decide"),
    path("dossiers/<int:dossier_id>/annuler/", dossiers.undo, name="undo"),
    path("dossiers/<int:dossier_id>/avis/", advices.advise, name="advise"),
    path("dossiers/<int:dossier_id>/recuser/", recusing.recuse_myself, name="recuse"),
    path("recusations/", recusing.recusals, name="recusals"),
    path("edition/", editions.publish, name="publish"),
    path("editions/", editions.editions, name="editions"),
    path("courrier/", letters.letters, name="letters"),
    path("courrier/<slug:public_id>/", letters.letter, name="letter"),
    path("demonstration/<str:token>/", demo.enter, name="demo-entry"),
    path("trace/", trace.trace, name="trace"),
    path("trace/export/", trace.export, name="trace-export"),
    path("labels/", labels.labels, name="labels"),
    path("labels/<str:number>/", labels.label, name="label"),
    path("labels/<str:number>/changer/", labels.move, name="label-move"),
    path("labels/<str:number>/dates/", labels.dates, name="label-dates"),
]
