import pytest
from django.db import IntegrityError, transaction

from gabare.initiatives.models import Version
from gabare.review.lifecycle import RoundRefused
from gabare.review.models import Advice
from gabare.review.operations import (
    StaleVersion,
    close_round,
    enter_dossier,
    give_advice,
    recuse,
    roll_over,
)
from gabare.review.opinions import opinions_on
from gabare.review.validators import AdviceProblem, AdviceWords
from tests.factories import PersonFactory
from tests.review.given import IN_APRIL, IN_MAY, a_call, a_dossier, labelled

pytestmark = pytest.mark.django_db
YES = {"droit": {"light": "yes", "why": ""}}
FAVOURABLE = AdviceWords(eligible="yes", recommendation="label", lights=YES)


@pytest.fixture
def call():
    return a_call()


def advised(dossier, person, words=FAVOURABLE, now=IN_APRIL, seen=None):
    return give_advice(
        dossier_id=dossier.pk, person=person, words=words, now=now,
        seen_version=dossier.version_id if seen is None else seen,
    )  # fmt: skip


def seen_by(person, dossier, *, applied=False):
    return opinions_on(dossier, reader=person, applied=applied)


def corrected(dossier) -> Version:
    first = dossier.version
    second = Version.objects.create(
        initiative=dossier.initiative, number=2, revision=first.revision, occurrences=[],
        carriers=first.carriers, sent_at=IN_APRIL, values=first.values,
    )  # fmt: skip
    enter_dossier(initiative=dossier.initiative, version=second, now=IN_APRIL)
    dossier.refresh_from_db()
    return second


def test_others_are_read_after_ones_own(call):
    dossier, first, second = a_dossier(call), PersonFactory(), PersonFactory()
    given = advised(dossier, first)
    before = seen_by(second, dossier)
    assert (before.others, before.given, before.hidden) == ([], 1, True)
    advised(dossier, second, AdviceWords(abstains=True))
    assert seen_by(second, dossier).others == [given]
    assert not seen_by(second, dossier).hidden


def test_once_applied_everybody_reads_them(call):
    dossier, first = a_dossier(call), PersonFactory()
    given = advised(dossier, first)
    assert seen_by(PersonFactory(), dossier, applied=True).others == [given]


def test_thinking_again_adds_and_overwrites_nothing(call):
    dossier, reader = a_dossier(call), PersonFactory()
    first = advised(dossier, reader)
    assert advised(dossier, reader) == first  # the same words, sent twice
    words = AdviceWords(eligible="unsure", recommendation="complete", lights=YES, comment="Où ?")
    second = advised(dossier, reader, words, now=IN_MAY)
    assert [a.number for a in Advice.objects.order_by("number")] == [1, 2]
    opinions = seen_by(reader, dossier)
    assert (opinions.mine, opinions.earlier) == (second, [first])
    first.refresh_from_db()
    assert first.recommendation == "label"


def test_a_new_version_asks_for_a_new_advice_and_keeps_the_former(call):
    dossier, reader, other = a_dossier(call), PersonFactory(), PersonFactory()
    first = advised(dossier, reader)
    advised(dossier, other)
    corrected(dossier)
    opinions = seen_by(reader, dossier)
    assert (opinions.mine, opinions.given, opinions.earlier) == (None, 0, [first])
    with pytest.raises(StaleVersion):
        advised(dossier, reader, seen=first.version_id)
    second = advised(dossier, reader)
    assert (second.number, second.version.number) == (1, 2)


def test_a_new_round_asks_again_and_keeps_the_former(call):
    dossier, reader = a_dossier(call), PersonFactory()
    first = advised(dossier, reader)
    roll_over(round_=dossier.round, now=IN_MAY)
    dossier.refresh_from_db()
    assert seen_by(reader, dossier).mine is None
    assert advised(dossier, reader, now=IN_MAY).round.planned.key == "2024-05"
    assert seen_by(reader, dossier).earlier == [first]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (AdviceWords(), {"eligible", "recommendation", "light-droit"}),
        (AdviceWords(eligible="x", recommendation="x", lights=YES), {"eligible", "recommendation"}),
        (
            AdviceWords(eligible="no", recommendation="decline",
                        lights={"droit": {"light": "no", "why": " "}}),
            {"light-droit"},
        ),
        (
            AdviceWords(eligible="no", recommendation="decline",
                        lights=YES | {"inconnu": {"light": "yes", "why": ""}}),
            {"light-inconnu"},
        ),
    ],
)  # fmt: skip
def test_what_an_advice_must_say(call, words, fields):
    dossier = a_dossier(call)
    with pytest.raises(AdviceProblem) as met:
        advised(dossier, PersonFactory(), words)
    assert set(met.value.errors) == fields
    assert not Advice.objects.exists()


def test_who_abstains_says_nothing_of_the_dossier(call):
    dossier = a_dossier(call)
    words = AdviceWords(abstains=True, eligible="no", recommendation="decline", comment=" Lien. ")
    given = advised(dossier, PersonFactory(), words)
    assert (given.eligible, given.recommendation, given.comment) == ("", "", "Lien.")


def test_the_database_holds_an_advice_or_an_abstention(call):
    dossier = a_dossier(call)
    with pytest.raises(IntegrityError), transaction.atomic():
        Advice.objects.create(
            dossier=dossier, version=dossier.version, round=dossier.round, number=1,
            reader=PersonFactory(), abstains=True, recommendation="label", given_at=IN_APRIL,
        )  # fmt: skip


def test_nothing_is_advised_once_the_edition_is_out(call):
    dossier = a_dossier(call)
    labelled(dossier)
    close_round(round_=dossier.round, now=IN_MAY)
    with pytest.raises(RoundRefused):
        advised(dossier, PersonFactory())


def test_the_advice_of_who_is_recused_since_is_kept_and_set_aside(call):
    dossier, reader, other = a_dossier(call), PersonFactory(), PersonFactory()
    given = advised(dossier, reader)
    mine = advised(dossier, other)
    recuse(
        initiative=dossier.initiative, person=reader, why="Collègue", noted_by=reader, now=IN_MAY
    )
    opinions = seen_by(other, dossier)
    assert (opinions.mine, opinions.others, opinions.set_aside) == (mine, [], [given])


@pytest.mark.parametrize("many", [1, 3])
def test_opinions_take_two_queries(call, many, django_assert_num_queries):
    dossier, reader = a_dossier(call), PersonFactory()
    for _ in range(many):
        advised(dossier, PersonFactory())
    advised(dossier, reader)
    with django_assert_num_queries(2):
        opinions = seen_by(reader, dossier)
        assert [str(each.reader) for each in opinions.others]
