from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from gabare.agenda.filters import NAMES, Filters, read_filters, read_page

KNOWN = {
    "axe": {"evenements", "education"}, "critere": {"droit", "usager"}, "theme": {"sante"},
    "commune": {"44109", "44143"}, "public": {"tous"}, "porteur": {"asso"}, "edition": {"2024-04"},
}  # fmt: skip


def read(query: str):
    return read_filters(QueryDict(query), KNOWN)


def test_nothing_asked_is_what_is_coming():
    reading = read("")
    assert reading.filters == Filters()
    assert reading.filters.periods == ("a-venir",)
    assert reading.filters.query_string() == ""
    assert not reading.filters.narrowed


def test_every_filter_is_read_and_written_in_one_order():
    query = (
        "edition=2024-04&porteur=asso&mode=en-ligne&gratuit=1&public=tous&commune=44143"
        "&commune=44109&theme=sante&critere=droit&axe=education&quand=2024-06&q=%20mus%C3%A9e%20"
    )
    reading = read(query)
    assert reading.ignored == ()
    assert reading.filters.query_string() == (
        "?q=mus%C3%A9e&quand=2024-06&axe=education&critere=droit&theme=sante&commune=44109"
        "&commune=44143&public=tous&gratuit=oui&mode=en-ligne&porteur=asso&edition=2024-04"
    )


def test_what_is_not_understood_is_set_aside():
    reading = read("quand=hier&quand=2024-13&axe=x&gratuit=bof&mode=avion&commune=&inconnu=1")
    assert reading.filters == Filters()
    assert reading.ignored == (
        ("quand", "hier"), ("quand", "2024-13"), ("axe", "x"), ("gratuit", "bof"), ("mode", "avion")
    )  # fmt: skip


def test_everything_swallows_the_other_periods_and_the_default_is_not_written():
    assert read("quand=tout&quand=semaine").filters.periods == ("tout",)
    assert read("quand=a-venir").filters.query_string() == ""
    assert read("quand=a-venir&quand=passees").filters.periods == ("a-venir", "passees")


def test_taking_away_one_value_or_all():
    filters = read("q=ia&commune=44109&commune=44143&axe=education").filters
    assert filters.without("commune", "44109").chosen("commune") == ("44143",)
    assert filters.without("commune").chosen("commune") == ()
    assert filters.without("q").q == ""
    assert filters.adding("axe", "evenements").chosen("axe") == ("education", "evenements")


def test_a_page_is_a_number_or_the_first():
    for typed, page in [("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("9" * 40, 1), ("٣", 1)]:
        assert read_page(QueryDict(mutable=True) | {"page": typed}) == page


values = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["tout", "semaine", "2024-06", "droit", "usager", "44109", "oui", "en-ligne"]),
)
queries = st.lists(st.tuples(st.sampled_from([*NAMES, "q", "page", "x"]), values), max_size=20)


@given(queries)
def test_any_query_is_read_and_its_canonical_form_reads_the_same(pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    filters = read_filters(query, KNOWN).filters
    again = read_filters(QueryDict(filters.query_string().lstrip("?")), KNOWN)
    assert again.filters == filters
    assert again.ignored == ()
    assert again.filters.query_string() == filters.query_string()


@given(st.text())
def test_any_text_in_the_address_is_read(text):
    read_page(QueryDict(text))
    assert read(text).filters.query_string().startswith(("", "?"))
