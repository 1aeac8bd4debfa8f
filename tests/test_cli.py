"""The command line: what it prints, and how it fails."""

import csv
import io
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quoteapi.cli import main
from quoteapi.settings import Settings

ARTICLE = "“The wall held,” said Jane Roe, the harbour master. She called the plan a “lifeline”."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with an article."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*arguments: object, stdin: str | bytes | None = None, **environment: str) -> Result:
    """What a command does, on a terminal so wide that no path is broken."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, env={"COLUMNS": "500", **environment})


def failed(result: Result, status: int) -> str:
    """The message of a command that failed without a traceback, its lines and frame undone."""
    assert result.exit_code == status, result.output
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert result.stdout == ""
    return " ".join(result.stderr.replace("│", " ").split())


def test_extract_prints_json(article: Path) -> None:
    """The answer that the API sends, readable."""
    answer = json.loads(run("extract", article).stdout)
    assert answer["quotes"][0]["text"] == "The wall held,"
    assert answer["quotes"][0]["speaker"]["name"] == "Jane Roe"


def test_extract_reads_standard_input() -> None:
    """The file -."""
    assert json.loads(run("extract", "-", stdin=ARTICLE).stdout)["quotes"][0]["start"] == 1


def test_extract_prints_csv_a_row_a_quote(article: Path) -> None:
    """Under the names of the columns; the text of each row is what its offsets cut."""
    rows = list(csv.DictReader(io.StringIO(run("extract", article, "--format", "csv").stdout)))
    assert list(rows[0]) == [
        "id", "kind", "text", "start", "end", "speaker", "type", "role", "cue", "mention", "confidence", "method",
        "modality", "stance", "reason", "path",
    ]  # fmt: skip
    assert (rows[0]["speaker"], rows[0]["type"], rows[0]["cue"], rows[0]["mention"]) == ("Jane Roe", "person", "said", "Jane Roe")
    assert [ARTICLE[int(row["start"]) : int(row["end"])] for row in rows] == [row["text"] for row in rows]


def test_extract_prints_tables_that_fit_80_columns(article: Path) -> None:
    """The whole quote and the whole name are there."""
    printed = run("extract", article, "--format", "table").stdout
    assert max(map(len, printed.splitlines())) <= 80
    assert "The wall held," in printed
    assert "Jane Roe" in printed


def test_extract_prints_a_table_without_quotes() -> None:
    """Said in words."""
    assert run("extract", "-", "--format", "table", stdin="The tide rose.").stdout.split() == ["No", "quotes."]


def test_extract_prints_the_article_with_ids_behind_its_quotes(article: Path) -> None:
    """In a pipe without colours, the article as it was, and the speakers below; offsets are never the caller's."""
    printed = run("extract", article, "--format", "text", "--offset-unit", "utf8").stdout
    assert "“The wall held, [s1]” said Jane Roe, the harbour master. She called the plan a “lifeline [s1]”.\n" in printed
    assert "│ s1 │ Jane Roe" in printed
    assert "\x1b" not in printed


def test_extract_prints_each_form_of_the_api(article: Path) -> None:
    """JSON-LD indented, a page and notes."""
    linked = json.loads(run("extract", article, "--format", "jsonld", "--offset-unit", "utf8").stdout)
    position, _ = linked["items"][0]["target"][0]["selector"]
    assert ARTICLE[position["start"] : position["end"]] == "The wall held,"
    assert run("extract", article, "--format", "html").stdout.startswith("<!doctype html>\n")
    assert run("extract", article, "--format", "markdown").stdout.startswith("# Quotes\n")


def test_extract_passes_its_options_on(article: Path, tmp_path: Path) -> None:
    """Unit, extra parts and people."""
    people = tmp_path / "people.json"
    people.write_text('[{"name": "Jane Roe", "same_as": "https://example.org/roe"}]')
    result = run("extract", article, "--people", people, "--offset-unit", "utf8", "--include", "alternatives", "--include", "other")
    answer = json.loads(result.stdout)
    assert answer["offset_unit"] == "utf8"
    assert answer["quotes"][0]["start"] == 3
    assert answer["speakers"][0]["same_as"] == "https://example.org/roe"
    assert "alternatives" in answer["quotes"][0]


def test_extract_reads_with_the_model_that_is_asked_for(article: Path) -> None:
    """By the option or by the setting; the answer says so."""
    for options, environment in ((["--model", "base"], {}), ([], {"QUOTEAPI_MODEL": "base"})):
        answer = json.loads(run("extract", article, *options, **environment).stdout)
        assert answer["quotes"][0]["speaker"]["name"] == "Jane Roe"
        assert answer["engine"]["pipeline"].endswith(", base")
    assert "'small', 'base'" in failed(run("extract", article, "--model", "large"), 2)


def test_a_missing_file_is_a_wrong_use(tmp_path: Path) -> None:
    """Exit code 2, the file named."""
    for command in (("extract", "nothing.txt"), ("batch", "nothing.jsonl", tmp_path / "out.jsonl"), ("evaluate", "nothing.jsonl")):
        assert "nothing." in failed(run(*command), 2)


def test_an_unknown_option_is_a_wrong_use(article: Path) -> None:
    """Exit code 2."""
    assert "--formta" in failed(run("extract", article, "--formta", "csv"), 2)


def test_two_files_cannot_both_be_standard_input() -> None:
    """Exit code 2."""
    assert "standard input" in failed(run("extract", "-", "--people", "-", stdin=ARTICLE), 2)


def test_an_article_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    """Exit code 1, with what is wrong and where."""
    path = tmp_path / "article.txt"
    path.write_bytes("café".encode("latin-1"))
    assert "byte 3" in failed(run("extract", path), 1)
    assert "article.txt" in failed(run("extract", path), 1)
    assert "empty" in failed(run("extract", "-", stdin=" \n"), 1)


def test_an_article_in_another_language_is_a_failure_unless_its_caller_insists(tmp_path: Path) -> None:
    """The message names the language."""
    page = tmp_path / "article.txt"
    page.write_text(
        "Le conseil a décidé mardi de fermer le vieux pont, et les habitants devront faire un long détour. " * 3, encoding="utf-8"
    )
    assert "“fr”" in failed(run("extract", page), 1)
    assert run("extract", page, "--language", "en").exit_code == 0


def test_extract_reads_pages(tmp_path: Path) -> None:
    """By the file's suffix, or as it is told; other formats show the page's text."""
    page = tmp_path / "page.html"
    page.write_bytes("<meta charset=latin-1><p>“The café held,” said Jane Roe, the harbour master.</p>".encode("cp1252"))
    answer = json.loads(run("extract", page).output)
    assert (answer["text"][1:15], answer["quotes"][0]["path"]) == ("The café held,", "/html/body/p")
    told = run("extract", "-", "--input", "html", "--format", "html", stdin="<p>“It held,” said Jane Roe.</p><script>no()</script>").output
    assert "said Jane Roe" in told
    assert "no()" not in told


def test_people_that_cannot_be_read_are_a_failure(article: Path, tmp_path: Path) -> None:
    """Exit code 1, with the file and the place in it."""
    people = tmp_path / "people.json"
    for content, word in (("nonsense", "JSON"), ('[{"nmae": "Roe"}]', "#/0"), ("{}", "array")):
        people.write_text(content)
        message = failed(run("extract", article, "--people", people), 1)
        assert word in message
        assert "people.json" in message.replace(" ", "")


def test_a_wrong_setting_is_a_failure() -> None:
    """Exit code 1, the variable named, before anything is started."""
    assert "QUOTEAPI_PORT" in failed(run("serve", QUOTEAPI_PROT="80"), 1)
    assert "65536" in failed(run("serve", "--port", "65536"), 2)


def test_evaluate_prints_figures_and_mistakes(tmp_path: Path) -> None:
    """Of answers made before."""
    gold, results = tmp_path / "gold.jsonl", tmp_path / "results.jsonl"
    start = ARTICLE.index("The wall held,")
    quote = {"start": start, "end": start + 14, "text": "The wall held,", "kind": "direct", "speaker": "Jane Roe", "role": None}
    gold.write_text(json.dumps({"id": "a", "text": ARTICLE, "quotes": [quote]}) + "\n")
    results.write_text(json.dumps({"id": "a", "quotes": [], "speakers": []}) + "\n")
    result = run("evaluate", gold, "--results", results, "--errors")
    assert result.exit_code == 0, result.output
    assert "The wall held," in result.stdout


def test_evaluate_names_a_line_that_it_cannot_read(tmp_path: Path) -> None:
    """Exit code 1."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text("nonsense\n")
    assert "line 1" in failed(run("evaluate", gold), 1)


def test_train_names_the_corpus_that_is_missing(tmp_path: Path) -> None:
    """Exit code 1 for a folder without it; an unknown part, no steps and no folder are wrong uses."""
    weights = tmp_path / "weights"
    assert "treebanks" in failed(run("train", tmp_path, weights), 1)
    assert "polnear" in failed(run("train", tmp_path, weights, "--part", "reports"), 1)
    assert "--part" in failed(run("train", tmp_path, weights, "--part", "everything"), 2)
    assert "--steps" in failed(run("train", tmp_path, weights, "--steps", 0), 2)
    assert "nowhere" in failed(run("train", tmp_path / "nowhere", weights), 2)
    assert not weights.exists()


def test_openapi_prints_the_document_or_writes_it(tmp_path: Path) -> None:
    """The same bytes."""
    path = tmp_path / "openapi.json"
    assert run("openapi", "--output", path).stdout == ""
    assert path.read_text(encoding="utf-8") == run("openapi").stdout
    assert json.loads(path.read_text(encoding="utf-8"))["openapi"].startswith("3.1")


def test_settings_are_listed_with_values_and_meanings() -> None:
    """All of them; one that was set says so, and one that is wrong is told."""
    shown = run("settings", QUOTEAPI_PORT="8080", QUOTEAPI_CORS_ORIGINS="https://a.example,https://b.example").stdout
    fields = {f"QUOTEAPI_{name.upper()}" for name in Settings.__struct_fields__}
    assert {line.partition("=")[0] for line in shown.splitlines() if line.startswith("QUOTEAPI_")} == fields
    assert "QUOTEAPI_PORT=8080  (set; the default is 8000)\n    Port that the server listens on" in shown
    assert "QUOTEAPI_CORS_ORIGINS=https://a.example,https://b.example  (set; the default is unset)" in shown
    assert "QUOTEAPI_HOST=127.0.0.1\n" in shown
    assert "QUOTEAPI_PORT" in failed(run("settings", QUOTEAPI_PROT="80"), 1)


def test_every_command_has_its_help() -> None:
    """Names and flags of the contract."""
    shown = run("--help").stdout
    for command in ("serve", "extract", "batch", "evaluate", "train", "openapi", "settings", "verify", "mcp"):
        assert command in shown
        assert run(command, "--help").exit_code == 0


def test_what_is_served_imports_neither_training_nor_evaluation() -> None:
    """Nor does the process that answers HTTP, or the command line, import spaCy."""
    program = (
        "import sys, quoteapi.api, quoteapi.cli, quoteapi.batch\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'spacy']\n"
        "import quoteapi.engine\n"
        "assert not [name for name in sys.modules if name.startswith(('quoteapi.training', 'quoteapi.evaluation'))]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603  this interpreter, our own program


def test_a_port_in_use_is_one_clear_message() -> None:
    """Exit code 1, what to do, and no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = failed(run("serve", "--port", port), 1)
    assert f"Port {port} of 127.0.0.1 cannot be listened on; another program listens there already" in " ".join(message.split())
    assert "QUOTEAPI_HOST" in failed(run("serve", "--host", "192.0.2.77"), 1)
