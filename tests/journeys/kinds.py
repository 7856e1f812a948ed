"""Every kind of page: how to come to one of them, as whom, and what it may weigh.

Names are those of the URL configuration; `test_kinds.py` fails when one is in no list.
"""

from dataclasses import dataclass

ANYONE, CARRIER, LABELLED, LEAD = "anyone", "carrier", "labelled", "lead"


@dataclass(frozen=True)
class Kind:
    """`at` is an address, or the link (a CSS selector) to follow from the page `on`."""

    at: str
    on: str = ""
    who: str = ANYONE
    weighed: bool = False  # public pages have a budget
    ecoindex: int = 85
    status: int = 200


def public(at: str, on: str = "", ecoindex: int = 85) -> Kind:
    return Kind(at, on, weighed=True, ecoindex=ecoindex)


AGENDA = "/agenda/?quand=tout"
MINE = "/mes-initiatives/"
KINDS: dict[str, Kind] = {
    "visitors:home": public("/"),
    "visitors:call": public("/appel/"),
    "visitors:agenda": public(AGENDA, ecoindex=78),
    "visitors:initiative": public("main .rows h3 a[href^='/initiatives/']", on=AGENDA),
    "visitors:editions": public("/editions/"),
    "visitors:edition": public("main a[href^='/editions/']", on="/editions/"),
    "visitors:compass": public("/boussole/"),
    "visitors:criterion": public("main a[href^='/boussole/']", on="/boussole/"),
    "visitors:label": public("main a[href*='/label/']", on="visitors:initiative"),
    "visitors:verifier": public("/verifier/"),
    "visitors:site-map": public("/plan-du-site/"),
    "visitors:gallery": Kind("/composants/"),
    "visitors:editorial": public("/accessibilite/"),
    "account_login": Kind("/compte/entrer/"),
    "account_home": Kind("/compte/", who=CARRIER),
    "account_logout": Kind("/compte/sortir/", who=CARRIER),
    "account_reauthenticate": Kind("/compte/confirmer/", who=CARRIER),
    "mfa_list_webauthn": Kind("/compte/cles/", who=CARRIER),
    "account_inactive": Kind("/compte/inactif/", status=403),
    "carriers:choose-axis": Kind("/deposer/"),
    "carriers:step": Kind("main .rows a.button[href^='/deposer/']", on="/deposer/", who=CARRIER),
    "carriers:preview": Kind("main a[href$='/apercu/']", on="review", who=CARRIER),
    "carriers:another-axis": Kind("main a[href$='/axe/']", on="carriers:step", who=CARRIER),
    "carriers:send": Kind("main a[href$='/envoyer/']", on="review", who=CARRIER),
    "carriers:sent": Kind("sent", who=CARRIER),
    "carriers:mine": Kind(MINE, who=CARRIER),
    "carriers:version": Kind("main a[href*='/version/']", on=MINE, who=CARRIER),
    "carriers:dates": Kind("main a[href$='/dates/']", on=MINE, who=LABELLED),
    "carriers:kit": Kind("main a[href$='/kit/']", on=MINE, who=LABELLED),
    "carriers:withdraw": Kind("main a[href$='/retirer/']", on=MINE, who=CARRIER),
    "desk:queue": Kind("/equipe/", who=LEAD),
    "desk:dossier": Kind("main a[href*='/equipe/dossiers/']", on="/equipe/", who=LEAD),
    "desk:publish": Kind("/equipe/edition/", who=LEAD),
    "desk:editions": Kind("/equipe/editions/", who=LEAD),
    "desk:letters": Kind("/equipe/courrier/", who=LEAD),
    "desk:letter": Kind("main td a[href*='/equipe/courrier/']", on="/equipe/courrier/", who=LEAD),
    "desk:trace": Kind("/equipe/trace/", who=LEAD),
    "desk:labels": Kind("/equipe/labels/", who=LEAD),
    "desk:recusals": Kind("/equipe/recusations/", who=LEAD),
    "desk:label": Kind("main th a[href*='/equipe/labels/']", on="/equipe/labels/", who=LEAD),
    "desk:label-dates": Kind("main a[href$='/dates/']", on="desk:label", who=LEAD),
}
# Pages beside the addresses: what the site answers when something is missing, and in English.
STATES: dict[str, Kind] = {
    "404": Kind("/rien-ici/", status=404),
    "agenda, nothing found": Kind("/agenda/?q=zzzz"),
    "English home": public("/en/"),
    "English agenda": public("/en/agenda/?quand=tout", ecoindex=78),
    "review": Kind(
        ".steps [value=relecture], .steps a[href$='/relecture/']", on="carriers:step", who=CARRIER
    ),
}
# Not pages: what answers there, and which test holds it.
NO_PAGE: dict[str, str] = {
    **dict.fromkeys(["visitors:agenda-ics", "visitors:agenda-atom", "visitors:agenda-json",
                     "visitors:initiative-ics"], "feeds, tests/web/visitors"),
    **dict.fromkeys(["healthz", "readyz", "robots", "icon", "card", "security", "sitemap",
                     "sitemap-section"], "for machines"),
    **dict.fromkeys(["did", "status-list", "credential-jwt", "credential-json"],
                    "for verifiers, tests/web/visitors/test_credentials.py"),
    "carriers:attachment": "a file",
    "desk:trace-export": "a file",
    **dict.fromkeys(["visitors:label-badge-svg", "visitors:label-badge-png",
                     "visitors:label-code-svg", "visitors:label-code-png",
                     "visitors:label-attestation"], "files, test_label_files.py"),
    "desk:demo-entry": "signs in, once",
    **dict.fromkeys(["carriers:save", "carriers:identify", "carriers:letter", "carriers:reopen",
                     "desk:decide", "desk:undo", "desk:advise", "desk:recuse", "desk:label-move",
                     "account_reauthenticate_code",
                     "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_login_webauthn"],
                    "answers a form"),
    "account_confirm_login_code": "met in every walk that signs in",
    "carriers:resume": "met in the walk that resumes on another device",
}  # fmt: skip
# Whole applications of others, behind a sign-in of their own.
NOT_OURS = ("gestion/", "documents/", "__")
