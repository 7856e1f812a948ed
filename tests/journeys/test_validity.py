"""Valid HTML on every kind of page, valid CSS: the Nu validator, once for all."""

from tests.journeys import nu
from tests.journeys.paths import ALL
from tests.journeys.site import ROOT


def test_html_is_valid(paths, tmp_path):
    files = []
    for number, name in enumerate(ALL):
        file = tmp_path / f"{number}-{name.replace(':', '-').replace(' ', '-')}.html"
        file.write_text(paths.html(name), encoding="utf-8")
        files.append(file)
    assert not nu.messages(files)


def test_styles_are_valid():
    styles = sorted((ROOT / "gabare").rglob("static/**/*.css"))
    assert styles
    assert not nu.messages(styles, "--css")
