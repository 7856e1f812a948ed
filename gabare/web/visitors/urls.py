"""Public pages. The editorial pages come last: any word may be one."""

from django.urls import URLPattern, URLResolver, path

from gabare.web.visitors.agenda import agenda
from gabare.web.visitors.call_page import call_page
from gabare.web.visitors.compass import compass, criterion
from gabare.web.visitors.edition import edition, editions
from gabare.web.visitors.editorial import editorial
from gabare.web.visitors.feeds import agenda_atom, agenda_ics, agenda_json, initiative_ics
from gabare.web.visitors.gallery import gallery
from gabare.web.visitors.home import home
from gabare.web.visitors.initiative import initiative
from gabare.web.visitors.label import label
from gabare.web.visitors.label_files import attestation, badge_png, badge_svg, code_png, code_svg
from gabare.web.visitors.site_map import site_map
from gabare.web.visitors.verifier import verifier

app_name = "visitors"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("appel/", call_page, name="call"),
    path("agenda/", agenda, name="agenda"),
    path("agenda.ics", agenda_ics, name="agenda-ics"),
    path("agenda.atom", agenda_atom, name="agenda-atom"),
    path("agenda.json", agenda_json, name="agenda-json"),
    path("initiatives/<slug:slug>/", initiative, name="initiative"),
    path("initiatives/<slug:slug>.ics", initiative_ics, name="initiative-ics"),
    path("editions/", editions, name="editions"),
    path("editions/<str:key>/", edition, name="edition"),
    path("boussole/", compass, name="compass"),
    path("boussole/<slug:key>/", criterion, name="criterion"),
    path("label/<str:number>/", label, name="label"),
    path("verifier/", verifier, name="verifier"),
    path("label/<str:number>/badge.svg", badge_svg, name="label-badge-svg"),
    path("label/<str:number>/badge.png", badge_png, name="label-badge-png"),
    path("label/<str:number>/code.svg", code_svg, name="label-code-svg"),
    path("label/<str:number>/code.png", code_png, name="label-code-png"),
    path("label/<str:number>/attestation.pdf", attestation, name="label-attestation"),
    path("plan-du-site/", site_map, name="site-map"),
    path("composants/", gallery, name="gallery"),
    path("<slug:slug>/", editorial, name="editorial"),
]
