"""What `gabare doctor` looks at. Each check says ok, or what to do; none changes anything."""

import os
import shutil
import smtplib
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config import environment
from gabare.calls.queries import current_call
from gabare.foundation import clock
from gabare.foundation.append_only import missing_triggers
from gabare.foundation.queries import day_left_open, last_digest
from gabare.foundation.tasks import answer
from gabare.labels.credentials.issuing import signer_of
from gabare.labels.credentials.keys import Unreadable
from gabare.labels.logo import logo_problem
from gabare.labels.queries import current_signing_key
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter
from gabare.mail.transports import open_smtp

WORKER_ANSWERS_WITHIN = 10
LEAST_ROOM = 500 * 1024 * 1024
MOST_DRIFT = timedelta(seconds=5)


class Finding(NamedTuple):
    subject: str
    ok: bool
    words: str  # what is so, or what to do


def findings() -> Iterator[Finding]:
    """Each subject in turn; a check that breaks is a finding too."""
    for subject, check in CHECKS.items():
        try:
            problem, words = check()
        except Exception as error:  # noqa: BLE001 - the doctor never falls ill
            problem, words = f"{type(error).__name__}: {error}", ""
        yield Finding(subject, not problem, problem or words)


def check_settings() -> tuple[str, str]:
    unknown = environment.unknown()
    if unknown:
        return f"réglage inconnu : {', '.join(unknown)}. Voir docs/operating.md.", ""
    public = urlsplit(settings.PUBLIC_URL)
    if public.scheme not in {"http", "https"} or not public.hostname:
        return "GABARE_PUBLIC_URL doit ressembler à https://appel.exemple.fr", ""
    if public.scheme == "https" and settings.DEBUG:
        return "GABARE_DEBUG=1 montre les erreurs au public : retirez-le.", ""
    if len(settings.SECRET_KEY) < 40:
        return "GABARE_SECRET_KEY est trop courte : 40 signes au moins, ou rien.", ""
    return "", settings.PUBLIC_URL


def check_database() -> tuple[str, str]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return f"pas de réponse ({error}). Vérifiez GABARE_DATABASE_URL.", ""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "pas à jour : lancez « gabare prepare ».", ""
    return "", f"{connection.vendor}, à jour"


def check_cache() -> tuple[str, str]:
    cache.set("doctor", "ok", 10)
    if cache.get("doctor") != "ok":
        return "ne garde rien : vérifiez GABARE_CACHE_URL.", ""
    return "", "partagé" if environment.read("CACHE_URL") else "en mémoire, un par processus"


def check_mail() -> tuple[str, str]:
    if not settings.SMTP_URL:
        return "", f"pas de GABARE_SMTP_URL : les lettres vont dans {settings.MAIL_DIR}"
    try:
        with open_smtp(settings.SMTP_URL) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return f"le serveur de courriel refuse ({error}). Vérifiez GABARE_SMTP_URL.", ""
    return "", urlsplit(settings.SMTP_URL).hostname or ""


def check_letters() -> tuple[str, str]:
    failed = Letter.objects.filter(state=LetterState.FAILED).count()
    since = clock.machine_now() - timedelta(hours=1)
    late = Letter.objects.filter(state=LetterState.WAITING, created_at__lt=since).count()
    if failed or late:
        return f"{late} en attente depuis plus d’une heure, {failed} non distribuées.", ""
    return "", "aucune en retard"


def check_folders() -> tuple[str, str]:
    for folder in (settings.DATA_DIR, settings.MEDIA_ROOT, settings.DATA_DIR / "private"):
        if not os.access(folder, os.W_OK | os.X_OK):
            return f"{folder} : absent ou interdit en écriture. Lancez « gabare prepare ».", ""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_ROOM:
        return f"il reste {free // 2**20} Mio sur le disque de {settings.DATA_DIR}.", ""
    return "", f"{settings.DATA_DIR}, {free // 2**30} Gio libres"


def check_static() -> tuple[str, str]:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return "pas préparés : lancez « gabare prepare ».", ""
    return "", "préparés"


def check_logo() -> tuple[str, str]:
    """Printed for a trial: an attestation never fails because of it, it goes without."""
    if settings.LOGO is None:
        return "", "pas de GABARE_LOGO : attestations sans logo"
    problem = logo_problem(settings.LOGO)
    return (f"{problem}. Voir GABARE_LOGO dans docs/operating.md." if problem else ""), str(
        settings.LOGO
    )


def check_worker() -> tuple[str, str]:
    """Asks the worker a question through the queue, and takes it back when nobody answers."""
    asked = DBTaskResult.objects.get(pk=answer.enqueue().id)
    deadline = time.monotonic() + WORKER_ANSWERS_WITHIN
    while time.monotonic() < deadline:
        asked.refresh_from_db()
        if asked.status == TaskResultStatus.SUCCESSFUL:
            asked.delete()
            return "", "présent"
        time.sleep(0.2)
    asked.delete()
    return "ne répond pas : lancez « gabare worker ».", ""


def check_signing_key() -> tuple[str, str]:
    key = current_signing_key()
    if key is None:
        return "aucune : lancez « gabare prepare ».", ""
    try:
        signer_of(key)
    except Unreadable:
        return (
            "scellée avec une autre clé secrète : remettez l’ancienne GABARE_SECRET_KEY, "
            "ou lancez « gabare keys rotate »."
        ), ""
    return "", f"{key.public_id}, depuis le {key.created_at:%Y-%m-%d}"


def check_clock() -> tuple[str, str]:
    """This machine's clock, against the database's where it has one of its own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            drift = abs(cursor.fetchone()[0] - clock.machine_now())
        if drift > MOST_DRIFT:
            return f"{drift.total_seconds():.0f} s d’écart avec la base : réglez l’heure.", ""
    if settings.GABARE_TODAY and not settings.GABARE_DEMO:
        return "GABARE_TODAY change le jour du site : retirez-le hors démonstration.", ""
    return "", f"{clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%d %H:%M}"


def check_trace() -> tuple[str, str]:
    if missing := missing_triggers(connection):
        return f"la base ne la protège plus ({', '.join(missing)}). Voir docs/operating.md.", ""
    call = current_call()
    late = day_left_open(call.time_zone if call else settings.TIME_ZONE, clock.now())
    if late:
        return f"le {late:%Y-%m-%d} n’est pas scellé : lancez « gabare worker ».", ""
    last = last_digest()
    return "", f"scellée jusqu’au {last.day} ({last.digest[:12]})" if last else "pas encore scellée"


CHECKS: dict[str, Callable[[], tuple[str, str]]] = {
    "réglages": check_settings,
    "base de données": check_database,
    "cache": check_cache,
    "courriel": check_mail,
    "lettres": check_letters,
    "dossiers": check_folders,
    "fichiers du site": check_static,
    "logo": check_logo,
    "facteur": check_worker,
    "clé des labels": check_signing_key,
    "horloge": check_clock,
    "trace": check_trace,
}
