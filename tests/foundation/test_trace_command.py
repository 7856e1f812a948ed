import csv
import hashlib
import io
import json
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from gabare.foundation.enums import TraceKind, TraceVerb
from gabare.foundation.models import TraceDigest, TraceLine
from gabare.foundation.operations import close_days, record
from tests.factories import PersonFactory
from tests.trace import tamper

pytestmark = pytest.mark.django_db
MONDAY = datetime(2024, 6, 3, 8, 0, tzinfo=UTC)


def trace(*arguments):
    said = io.StringIO()
    call_command("trace", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def sealed():
    for number in range(3):
        record(
            actor=PersonFactory(name="=HYPERLINK()"), verb=TraceVerb.EXPORTED,
            about=f"initiative:{number}", detail={"n": number},
            now=MONDAY + timedelta(days=number),
        )  # fmt: skip
    return close_days(zone="Europe/Paris", now=MONDAY + timedelta(days=3))


def test_a_trace_that_holds_says_its_last_digest(sealed):
    assert sealed[-1].digest in trace("verify")
    assert "se tient" in trace("verify", "--noted", sealed[0].digest[:16])


def test_nothing_yet_holds_too():
    assert "Aucun jour" in trace("verify")


def test_a_fault_is_one_sentence(sealed):
    tamper("UPDATE foundation_traceline SET about = 'x' WHERE about = 'initiative:1'")
    with pytest.raises(CommandError, match=r"^Le 4 juin 2024, la ligne \d+ a été modifiée\.$"):
        trace("verify")


def test_a_digest_that_is_not_in_the_chain_is_said(sealed):
    with pytest.raises(CommandError, match="n’y est pas"):
        trace("verify", "--noted", "0" * 64)


def test_the_chain_is_computed_again_from_the_export_alone(sealed, tmp_path):
    """With nothing of ours: as docs/decisions/0028 says it."""
    file = tmp_path / "trace.jsonl"
    trace("export", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    said = [json.loads(row) for row in file.read_text().splitlines()]
    lines, days = [s for s in said if "at" in s], [s for s in said if "day" in s]
    names = ["at", "kind", "verb", "owner", "actor", "label", "about", "detail", "salt"]
    for line in lines:
        written = json.dumps([line[n] for n in names], sort_keys=True, ensure_ascii=False)
        assert hashlib.sha256(written.encode()).hexdigest() == line["digest"]
    previous, start = "", 0
    for day in days:
        text = f"{previous}\n{day['day']}\n{day['numbers']}\n"
        for line in lines:
            if start < line["number"] <= day["last"]:
                text += f"{line['number']} {line['digest']}\n"
        previous, start = hashlib.sha256(text.encode()).hexdigest(), day["last"]
        assert previous == day["digest"]
    assert len(days) == 3
    assert lines[-1]["verb"] == TraceVerb.EXPORTED  # the export itself


def test_a_spreadsheet_computes_nothing(sealed, tmp_path):
    file = tmp_path / "trace.csv"
    trace("export", str(file))
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert rows[0]["label"] == "'=HYPERLINK()"
    assert rows[0]["words"] == "Trace exportée"


def test_an_export_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="absent"):
        trace("export", str(tmp_path / "absent" / "trace.csv"))


def test_days_are_sealed_and_old_consultations_emptied_by_hand():
    then = datetime.now(UTC) - timedelta(days=400)
    record(actor=None, verb=TraceVerb.EXPORTED, about="x", kind=TraceKind.SEEN, now=then)
    assert TraceDigest.objects.count() == 0
    assert len(trace("close").split()) == 2
    assert "Aucun jour" in trace("close")
    assert trace("purge").endswith("1.\n")
    assert TraceLine.objects.order_by("pk").first().is_purged
