"""Backup, loss, restoration: the same data. Runs on the engine that the tests run on."""

import io
import json
import shutil
import stat
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from gabare.foundation import clock
from gabare.foundation.append_only import missing_triggers
from gabare.foundation.enums import TraceVerb
from gabare.foundation.models import TraceLine
from gabare.foundation.operations import close_days, record
from gabare.foundation.queries import last_digest
from gabare.foundation.verifying import first_fault, is_known
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter
from gabare.people.models import Person
from tests.factories import OrganisationFactory, PersonFactory

NOW = datetime(2024, 4, 2, 8, tzinfo=UTC)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "postgresql" and not shutil.which("pg_dump"),
        reason="PostgreSQL's own tools are not on this machine",
    ),
]


@pytest.fixture
def house(settings, tmp_path):
    """A small Gabare: people, a letter that waits, files and a key."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "var/media"
    (tmp_path / "var/private/aa").mkdir(parents=True)
    (tmp_path / "var/media").mkdir()
    (tmp_path / "var/private/aa/piece.pdf").write_bytes(b"%PDF")
    (tmp_path / "var/media/image.jpg").write_bytes(b"jpeg")
    (tmp_path / "var/secret-key").write_text("clef")
    PersonFactory(email="ada@example.org", name="Ada ☂")
    OrganisationFactory(name="L’Atelier")
    Letter.objects.create(key="x", recipient="ada@example.org", subject="s", created_at=NOW)
    return tmp_path / "var"


def backup(folder) -> Path:
    archive = folder.parent / "sauvegarde.tar"
    call_command("backup", archive, stdout=io.StringIO())
    return archive


def restore(archive, *options):
    said = io.StringIO()
    call_command("restore", archive, *options, stdout=said)
    return said.getvalue()


def test_what_is_lost_after_a_backup_comes_back(house):
    archive = backup(house)
    Person.objects.all().delete()
    PersonFactory(email="apres@example.org")
    shutil.rmtree(house / "private")
    (house / "media/apres.jpg").write_bytes(b"x")
    (house / "secret-key").write_text("autre")
    restore(archive, "--replace")
    assert list(Person.objects.values_list("email", "name")) == [("ada@example.org", "Ada ☂")]
    assert (house / "private/aa/piece.pdf").read_bytes() == b"%PDF"
    assert [path.name for path in (house / "media").iterdir()] == ["image.jpg"]
    assert (house / "secret-key").read_text() == "clef"
    assert stat.S_IMODE((house / "secret-key").stat().st_mode) == 0o600
    assert sorted(path.name for path in house.iterdir()) == ["media", "private", "secret-key"]


def test_the_database_still_works_after_a_restoration(house):
    archive = backup(house)
    restore(archive, "--replace")
    assert PersonFactory(email="apres@example.org").pk
    assert Person.objects.count() == 2


def test_letters_that_were_waiting_are_held_for_a_person(house):
    archive = backup(house)
    said = restore(archive, "--replace")
    assert Letter.objects.get().state == LetterState.HELD
    assert said.endswith("partent : 1.\n")


def test_a_place_that_is_not_empty_is_refused_and_untouched(house):
    archive = backup(house)
    PersonFactory(email="apres@example.org")
    with pytest.raises(CommandError, match="--replace"):
        restore(archive)
    assert Person.objects.count() == 2


def test_a_backup_is_for_its_owners_eyes(house):
    assert stat.S_IMODE(backup(house).stat().st_mode) == 0o600


def test_a_backup_that_fails_leaves_the_former_one(house):
    archive = backup(house)
    before = archive.read_bytes()
    (house / "media/image.jpg").unlink()
    (house.parent / ".sauvegarde.tar.part").mkdir()  # nothing can be written there
    with pytest.raises(CommandError, match="n’a pas été faite"):
        backup(house)
    assert archive.read_bytes() == before


def damaged(archive, name, content, *, called=None):
    """The same archive, one of its members replaced, or under another name."""
    other = archive.with_name("autre.tar")
    with tarfile.open(archive) as source, tarfile.open(other, "w") as target:
        for member in source.getmembers():
            data = source.extractfile(member) if member.isfile() else None
            if member.name == name:
                content = data.read() if content is None else content
                member.size, data = len(content), io.BytesIO(content)
                member.name = called or name
            target.addfile(member, data)
    return other


@pytest.mark.parametrize("name", ["manifest.json", f"database.{connection.vendor}"])
def test_a_damaged_backup_is_refused_and_changes_nothing(house, name):
    archive = damaged(backup(house), name, b"{}")
    PersonFactory(email="apres@example.org")
    with pytest.raises(CommandError, match="abîmée"):
        restore(archive, "--replace")
    assert Person.objects.count() == 2
    assert (house / "private/aa/piece.pdf").exists()


def test_what_is_no_archive_is_refused(house):
    other = house.parent / "photo.tar"
    other.write_bytes(b"jpeg")
    with pytest.raises(CommandError, match="n’est pas une sauvegarde"):
        restore(other, "--replace")


def test_a_backup_of_another_engine_is_refused(house):
    archive = backup(house)
    database = f"database.{connection.vendor}"
    with tarfile.open(archive) as opened:
        manifest = opened.extractfile("manifest.json").read()
    manifest = manifest.replace(database.encode(), b"database.autre")
    other = damaged(archive, "manifest.json", manifest)
    other = damaged(other.replace(archive), database, None, called="database.autre")
    with pytest.raises(CommandError, match="vient de autre"):
        restore(other, "--replace")
    assert Person.objects.count() == 1


def test_a_member_that_climbs_out_is_refused(house):
    archive = backup(house)
    with tarfile.open(archive, "a") as opened:
        opened.addfile(tarfile.TarInfo("../../evasion"), io.BytesIO(b""))
    with pytest.raises(CommandError, match="abîmée"):
        restore(archive, "--replace")
    assert not (house.parent.parent / "evasion").exists()


def test_the_trace_comes_back_and_says_what_it_replaces(house):
    record(actor=None, verb=TraceVerb.EXPORTED, about="trace:", now=NOW)
    close_days(zone="Europe/Paris", now=NOW + timedelta(days=1))
    archive = backup(house)
    with tarfile.open(archive) as opened:
        manifest = json.load(opened.extractfile("manifest.json"))
    sealed = last_digest().digest
    assert manifest["trace"] == {"day": "2024-04-02", "digest": sealed}
    lost = record(actor=None, verb=TraceVerb.EXPORTED, about="trace:perdue", now=NOW)
    close_days(zone="Europe/Paris", now=clock.now() + timedelta(days=1))
    replaced = last_digest().digest
    restore(archive, "--replace")
    assert first_fault() == ""
    assert is_known(sealed)
    assert not is_known(replaced)
    assert [line.verb for line in TraceLine.objects.order_by("pk")] == [
        TraceVerb.EXPORTED, TraceVerb.BACKED_UP, TraceVerb.RESTORED,
    ]  # fmt: skip
    said = TraceLine.objects.order_by("pk").last().detail
    assert (said["replaced_last"], said["replaced_digest"]) == (lost.pk, replaced)
    assert said["made_at"] == manifest["made_at"]


def test_the_database_still_protects_the_trace_after_a_restoration(house):
    restore(backup(house), "--replace")
    assert missing_triggers(connection) == []
    with pytest.raises(IntegrityError, match="append-only"):
        connection.cursor().execute("DELETE FROM foundation_traceline")
    close_days(zone="Europe/Paris", now=clock.now() + timedelta(days=1))
    assert first_fault() == ""
