"""Files joined to answers: kept under random names, one owner each, gone when forgotten."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gabare.foundation.files import FileRefused
from gabare.questionnaires import operations, queries, reading, rendering
from gabare.questionnaires.models import Attachment
from gabare.questionnaires.templatetags.questionnaires import field
from gabare.questionnaires.validators import check_answers
from tests.questionnaires.given import NOW, PDF, facts, picture, question, upload

pytestmark = pytest.mark.django_db
OWNER = "initiative:bcd"


def keep(name="Plan d’accès.pdf", content=PDF, owner=OWNER):
    return operations.keep_file(upload=upload(name, content), owner=owner, now=NOW)


def stored_names():
    root = Path(storages["private"].location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def posted(asked, data, *uploads):
    files = MultiValueDict({f"{asked.key}--upload": list(uploads)})
    return reading.read_answers([asked], QueryDict(data), files)


def test_a_file_is_kept_under_a_random_name_out_of_the_web(settings):
    kept = keep()
    assert kept.name == "Plan d’accès.pdf"
    assert kept.media_type == "application/pdf"
    assert kept.size == len(PDF)
    assert (kept.owner, kept.created_at) == (OWNER, NOW)
    assert stored_names() == [f"attachments/{kept.public_id[:2]}/{kept.public_id}"]
    assert "plan" not in kept.file.name.lower()
    assert kept.file.read() == PDF
    assert Path(settings.MEDIA_ROOT) not in Path(kept.file.path).parents
    assert queries.attachment(kept.public_id) == kept
    assert queries.attachment("nothing") is None


def test_a_refused_file_leaves_nothing():
    with pytest.raises(FileRefused):
        keep("page.html", b"<html>")
    assert stored_names() == []
    assert not Attachment.objects.exists()


def test_a_file_that_the_database_refuses_leaves_nothing(monkeypatch):
    keep()
    monkeypatch.setattr("gabare.foundation.tokens.secrets.choice", lambda letters: letters[0])
    keep()
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        keep()
    assert len(stored_names()) == Attachment.objects.count() == 2


def test_uploads_become_ids_and_a_refused_one_keeps_the_others():
    asked = question("file", options={"max": 3})
    raw = posted(asked, "", upload("a.pdf", PDF), upload("b.svg", b"<svg/>"), upload("c.pdf", PDF))
    kept = operations.keep_uploads(questions=[asked], raw=raw, owner=OWNER, now=NOW)
    assert len(kept.raw["file"]) == 2
    assert "b.svg" in kept.errors["file"]
    here = facts(files=queries.stored_files(OWNER))
    assert check_answers([asked], kept.raw, here, final=True).values == kept.raw


def test_a_question_takes_its_own_formats_only():
    asked = question("file", options={"formats": ["png"]})
    raw = posted(asked, "", upload("a.pdf", PDF))
    kept = operations.keep_uploads(questions=[asked], raw=raw, owner=OWNER, now=NOW)
    assert kept.raw["file"] == []
    assert "PNG" in kept.errors["file"]


def test_one_of_several_is_removed():
    asked = question("file", options={"max": 3})
    first, second = keep("un.pdf"), keep("deux.pdf")
    data = f"file={first.public_id}&file={second.public_id}&file--remove={first.public_id}"
    assert posted(asked, data) == {"file": [second.public_id]}


def test_the_form_lists_what_was_received():
    asked = question("file", options={"max": 3})
    kept = keep("deux <b>.pdf")
    here = facts(files=queries.stored_files(OWNER, address=lambda public_id: f"/f/{public_id}/"))
    (each,) = rendering.fields([asked], {"file": [kept.public_id]}, {}, here)
    html = field(each)
    assert f'<a href="/f/{kept.public_id}/" download>deux b.pdf</a>' in html
    assert f'name="file--remove" value="{kept.public_id}"' in html
    assert f'<input type="hidden" name="file" value="{kept.public_id}">' in html


def test_somebody_elses_file_cannot_be_claimed():
    asked = question("file")
    theirs = keep(owner="initiative:xyz")
    raw = posted(asked, f"file={theirs.public_id}")
    checked = check_answers([asked], raw, facts(files=queries.stored_files(OWNER)), final=True)
    assert checked.values == {}
    assert "n’est plus là" in checked.errors["file"]


@pytest.mark.parametrize("count", [1, 3])
def test_an_owners_files_come_in_one_query(count, django_assert_num_queries):
    for n in range(count):
        keep(f"{n}.pdf")
    with django_assert_num_queries(1):
        names = [each.name for each in queries.stored_files(OWNER).values()]
    assert names == [f"{n}.pdf" for n in range(count)]


def test_forgotten_files_go_once_the_change_is_sure(django_capture_on_commit_callbacks):
    stays, goes, theirs = keep("a.pdf"), keep("b.png", picture("PNG")), keep(owner="other")
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        assert operations.forget_files(owner=OWNER, keep=[stays.public_id]) == 1
    assert len(stored_names()) == 3
    for callback in callbacks:
        callback()
    assert set(Attachment.objects.all()) == {stays, theirs}
    assert goes.file.name not in stored_names()
    assert len(stored_names()) == 2


def test_an_owner_may_not_fill_the_disk(monkeypatch):
    monkeypatch.setattr(operations, "OWNER_FILES", 2)
    keep()
    keep()
    with pytest.raises(FileRefused, match="trop de fichiers"):
        keep()
    keep(owner="initiative:other")
    monkeypatch.setattr(operations, "OWNER_FILES", 100)
    monkeypatch.setattr(operations, "OWNER_BYTES", 2 * len(PDF))
    with pytest.raises(FileRefused, match="trop de fichiers"):
        keep()


def test_what_a_rolled_back_transaction_leaves_is_swept_a_day_later():
    stays = keep()

    @transaction.atomic
    def keep_and_fail():
        keep("b.pdf")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_and_fail()
    assert len(stored_names()) == 2
    now = datetime.now(UTC)
    assert operations.sweep_files(now=now) == 0
    assert operations.sweep_files(now=now + timedelta(days=2)) == 1
    assert stored_names() == [stays.file.name]


def test_sweeping_an_empty_place():
    assert operations.sweep_files(now=NOW) == 0
