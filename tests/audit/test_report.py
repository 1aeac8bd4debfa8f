"""The report: what its charts and tables say is what the archive's tables say, and nothing of an article is markup."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import polars as pl
import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from archive import HOSTILE, invented
from heard import said
from quoteapi.audit.report import browsed as browsing
from quoteapi.audit.report import figures, report_page
from quoteapi.audit.report.charts import Figure, drawings
from quoteapi.audit.structs import Reason
from quoteapi.audit.tables import Tables, tables_of
from quoteapi.cli import main


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Those of the invented archive."""
    return tables_of(invented(), by=["outlet"])


@pytest.fixture(scope="module")
def page(tables: Tables) -> BeautifulSoup:
    """Its report."""
    return BeautifulSoup(report_page(tables, by=["outlet"]).decode(), "html.parser")


def data_of(page: BeautifulSoup) -> dict[str, Any]:
    """What its script shows."""
    found = page.find(id="data")
    assert isinstance(found, Tag)
    assert found.string is not None
    data: dict[str, Any] = json.loads(found.string)
    return data


def numbers_of(page: BeautifulSoup, key: str) -> dict[str, list[int]]:
    """The table below a chart: the numbers of each row, without shares."""
    rows = page.select(f"#{key} .numbers tbody tr")
    assert rows
    return {
        row.select_one("th").get_text(strip=True): [
            int(re.split(r"\s", cell.get_text().strip())[0].replace(",", "")) for cell in row.select("td")
        ]  # type: ignore[union-attr]
        for row in rows
    }


def test_the_key_figures_are_those_of_the_summary(page: BeautifulSoup, tables: Tables) -> None:
    """Voices, quotes, articles."""
    shown = [entry.get_text() for entry in page.select(".keys dd:not(.note)")]
    summary = tables.summary.row(0, named=True)
    assert shown[:3] == [str(summary[name]) for name in ("voices", "quotes", "articles")]
    assert shown[3] == f"{summary['share_loudest_10']:.0%}"


def test_the_table_below_a_chart_has_the_figures_of_the_summaries(page: BeautifulSoup, tables: Tables) -> None:
    """By kind, over time with its months in order, by outlet, and the most-heard."""
    columns = list(figures.KINDS)
    whole = tables.summary.row(0, named=True)
    assert [row[0] for row in numbers_of(page, "kinds").values()] == [whole[column] for column in columns]
    months = tables.summaries["over_time"].drop_nulls("period")
    assert list(numbers_of(page, "over-time").values()) == [list(row) for row in months.select(columns).iter_rows()]
    outlets = {row["outlet"]: [row[column] for column in columns] for row in tables.summaries["by_outlet"].to_dicts()}
    assert numbers_of(page, "by-0") == outlets
    assert [row[0] for row in numbers_of(page, "loudest").values()] == tables.voices["appearances"].head(20).to_list()
    assert [row[0] for row in numbers_of(page, "newly-heard").values()] == months["newly_heard"].to_list()


def test_a_chart_draws_the_figures_of_its_table() -> None:
    """Bars as long as their numbers, and segments as their shares."""
    bars = Figure("x", "Bars", "told", "bars", ("Voice", "Quotes"), (("Jane Roe", (40,)), ("Tom Hart", (10,))))
    shares = Figure("x", "Shares", "told", "shares", ("Outlet", "One", "Other"), (("Kelby Post", (30, 10)),))
    for size in ("wide", "narrow"):
        long, short = widths(drawings(bars)[size])
        assert long / short == pytest.approx(4, rel=0.01)
        one, other = widths(drawings(shares)[size])
        assert one / other == pytest.approx(3, rel=0.05)
        assert "40" in drawings(bars)[size]


def widths(drawing: str) -> list[float]:
    """How long the bars of a drawing are, in pixels."""
    return [float(width) for width in re.findall(r'd="M[\d.]+,[\d.]+h([\d.]+)v[^"]*" fill="var\(--k', drawing)]


def test_months_without_a_quote_are_shown() -> None:
    """As nothing, between those that have some."""
    rows = [said("a1", "It is early.", date="2025-11-02"), said("a2", "It is late.", date="2026-02-02")]
    figure = figures.over_time(tables_of(rows))
    assert figure is not None
    assert [(label, sum(numbers)) for label, numbers in figure.rows] == [
        ("November 2025", 1), ("December 2025", 0), ("January 2026", 0), ("February 2026", 1)
    ]  # fmt: skip


def test_shares_of_pronouns_stand_beside_the_unknown_share(page: BeautifulSoup) -> None:
    """In one table, with a sentence on what they do not mean."""
    table = page.find("table", attrs={"aria-labelledby": "pronouns"})
    assert isinstance(table, Tag)
    assert [row.get_text() for row in table.select("tbody th")] == ["She", "He", "They", "Unknown: no article uses one"]
    counts = [int(row.select("td")[0].get_text()) for row in table.select("tbody tr")]
    assert sum(counts) == numbers_of(page, "kinds")["Named people"][0]
    assert table.parent is not None
    assert "no statement about anybody’s gender" in table.parent.get_text()


def test_every_chart_is_told_in_words_and_as_a_table(page: BeautifulSoup) -> None:
    """Each drawing is an image with a name and a description that are there."""
    for chart in page.select("figure"):
        assert chart.select_one(".numbers table")
        drawn = chart.select("svg")
        assert len(drawn) == 2
        for drawing in drawn:
            assert drawing["role"] == "img"
            for reference in ("aria-labelledby", "aria-describedby"):
                told = page.find(id=drawing[reference])
                assert told is not None
                assert told.get_text(strip=True)


def test_hostile_words_stay_text(tables: Tables) -> None:
    """Whatever an article, a name, a role or an outlet says: no element, no end of a script, no attribute."""
    written = report_page(tables, by=["outlet"]).decode()
    assert HOSTILE not in written
    assert "<img" not in written
    page = BeautifulSoup(written, "html5lib")
    assert not page.select("img, iframe, object, embed, link, base, form")
    assert len(page.select("script")) == 2
    assert not [tag for tag in page.select("*") if any(name.startswith("on") or name == "style" for name in tag.attrs)]
    assert HOSTILE in page.get_text()
    names = {row[1] for row in data_of(page)["voices"]}
    assert f"Eve {HOSTILE} Roe" in names


def test_the_page_refers_to_no_host(tables: Tables) -> None:
    """Nothing is loaded from anywhere; only links of articles lead away, and only to the web."""
    written = report_page(tables, by=["outlet"]).decode()
    page = BeautifulSoup(written, "html.parser")
    addresses = [tag[name] for tag in page.select("*") for name in ("src", "href", "xlink:href", "srcset", "data") if tag.has_attr(name)]
    assert addresses
    assert all(str(address).startswith("#") for address in addresses)
    assert "@import" not in written
    assert "url(" not in written
    links = [article[4] for article in data_of(page)["articles"] if article[4]]
    assert links == ["https://kelby.example/h2"]
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(policy, Tag)
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'sha256-")


def test_each_voice_has_its_quotes_roles_and_forms(page: BeautifulSoup, tables: Tables) -> None:
    """As the tables have them, the latest quote first."""
    data = data_of(page)
    said_by = dict(tables.appearances.drop_nulls("voice").group_by("voice").len().iter_rows())
    assert len(data["voices"]) == tables.summary["voices"][0]
    for row in data["voices"]:
        assert len(row[12]) == said_by[row[0]] == row[5]
        dates = [data["articles"][quote[0]][2] or "" for quote in row[12]]
        assert dates == sorted(dates, reverse=True)
    roe = next(row for row in data["voices"] if row[0] == "person/jane-roe")
    assert (roe[10], roe[11][0]["text"]) == (["Jane Roe"], "harbour master of Kelby")
    (hostile,) = (row for row in data["voices"] if HOSTILE in row[1])
    assert hostile[12][0][5].startswith("“Never")


def test_a_large_archive_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch, tables: Tables) -> None:
    """Quotes go to the most-heard voices, so many to each; what is left out is told in words."""
    for name, limit in {"VOICES": 20, "QUOTES": 40, "QUOTES_OF_A_VOICE": 5, "REPEATED": 0, "DOUBTFUL": 3}.items():
        monkeypatch.setattr(browsing, name, limit)
    found = browsing.browsed(tables)
    voices = json.loads(found.data)["voices"]
    assert [len(row[12]) for row in voices] == [5] * 8 + [0] * 12
    assert (found.voices[0], found.quoted, found.cut, found.doubtful[0]) == (20, 8, True, 3)
    told = BeautifulSoup(report_page(tables).decode(), "html.parser").get_text()
    assert f"The 20 most-heard people and organizations of {found.voices[1]}." in told
    assert "only the 8 most-heard voices have their quotes here" in told
    assert f"Here are the 3 with most articles of {found.doubtful[1]}" in told


def test_every_reason_of_a_doubtful_join_is_explained() -> None:
    """With what to do."""
    assert set(browsing.REASONS) == set(get_args(Reason))


@pytest.mark.parametrize("rows", [[], [said("a1", "It is late.", None)], [said("a1", "It is late.")]], ids=["none", "nobody", "one"])
def test_a_small_archive_has_a_report(rows: list[dict[str, Any]]) -> None:
    """Without quotes, without a known voice, without dates."""
    page = BeautifulSoup(report_page(tables_of(rows)).decode(), "html.parser")
    assert page.h1 is not None
    assert bool(page.select(".keys")) is bool(rows)
    assert not re.search(r"\b(?:None|nan|null)\b", page.main.get_text() if page.main else "None")


def test_dates_are_read_by_year(tables: Tables) -> None:
    """Where periods are years, so are the chart's."""
    rows = [said("a1", "It is early.", date="2024-11-02"), said("a2", "It is late.", date="2026-02-02")]
    figure = figures.over_time(tables_of(rows, every="year"))
    assert figure is not None
    assert (figure.head[0], [label for label, _ in figure.rows]) == ("Year", ["2024", "2025", "2026"])
    assert figures.span(tables.appearances["date"].drop_nulls().to_list()) == "1 January 2026 to 30 September 2026"


def test_the_command_writes_a_report_alone_or_beside_the_tables(tmp_path: Path) -> None:
    """Which it is, the name says."""
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in invented(30)), encoding="utf-8")
    alone, beside, folder = tmp_path / "alone.html", tmp_path / "new" / "beside.html", tmp_path / "tables"

    def run(*arguments: object) -> Any:  # noqa: ANN401  click's own
        return CliRunner().invoke(main, ["voices", str(source), *map(str, arguments), "--by", "outlet"], env={"COLUMNS": "500"})

    result = run(alone)
    assert result.exit_code == 0, result.output
    assert "The report is" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone.html", "rows.jsonl"]
    result = run(folder, "--report", beside)
    assert result.exit_code == 0, result.output
    assert beside.read_bytes() == alone.read_bytes()
    assert len(pl.read_parquet(folder / "voices.parquet")) > 0
    assert run(alone, "--report", beside).exit_code == 2
    assert run(folder, "--report", tmp_path / "report.txt").exit_code == 2
    assert run(source).exit_code == 2
