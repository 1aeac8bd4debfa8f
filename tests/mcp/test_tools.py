"""What an assistant gets from the tools, by way of the SDK's own client, with the packaged engine."""

import json
from typing import Any

import jsonschema
import msgspec
import pytest
from mcp import MCPError
from mcp.types import CallToolResult

from assisting import Assistant
from quoteapi.mcp.shortening import GAP, LONGEST, MAX_CHANGES
from quoteapi.request import WrongShapeError, read_article, read_verification
from quoteapi.structs import Article
from quoteapi.verification_structs import VerificationRequest

ARTICLE = "“The sea wall held,” said Jane Roe, the harbour master. “We were lucky,” she added."
HEARING = "JANE ROE: We will not give up. It will take nine years, but we will rebuild it.\n\nTOM HART: I have nothing to add to that."
DRAFT = "“We will give up,” said Jane Roe, the harbour master.\n\n“It will take nine years,” Tom Hart said."


def words_of(result: CallToolResult) -> str:
    """The text of a result."""
    (content,) = result.content
    assert content.type == "text"
    return content.text


def fields_of(assistant: Assistant, tool: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  whatever a test sends
    """The fields of a result, which are as the tool describes them."""
    result = assistant.call(tool, **arguments)
    assert not result.is_error, words_of(result)
    fields: dict[str, Any] = result.structured_content
    jsonschema.validate(fields, assistant.tools()[tool].output_schema)
    return fields


def refusal(assistant: Assistant, tool: str, **arguments: Any) -> str:  # noqa: ANN401  the same
    """What an assistant is told of a call that has no result."""
    result = assistant.call(tool, **arguments)
    assert result.is_error
    assert result.structured_content is None
    return words_of(result)


def test_two_tools_are_offered_that_change_nothing_and_ask_no_other_machine(assistant: Assistant) -> None:
    """An assistant may call them without asking."""
    tools = assistant.tools()
    assert list(tools) == ["extract_quotes", "verify_quotes"]
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False


@pytest.mark.parametrize(("tool", "kind"), [("extract_quotes", Article), ("verify_quotes", VerificationRequest)])
def test_a_tool_takes_the_fields_of_the_http_api(assistant: Assistant, tool: str, kind: type[msgspec.Struct]) -> None:
    """And says which part of the quotes is wanted."""
    schema = assistant.tools()[tool].input_schema
    assert set(schema["properties"]) == {*kind.__struct_fields__, "first_quote", "max_quotes"}
    assert schema["additionalProperties"] is False


def test_extraction_gives_each_quote_with_offsets_speaker_role_and_confidence(assistant: Assistant) -> None:
    """In fields, for programs."""
    fields = fields_of(assistant, "extract_quotes", text=ARTICLE)
    assert fields["total"] == 2
    assert [ARTICLE[quote["start"] : quote["end"]] for quote in fields["quotes"]] == ["The sea wall held,", "We were lucky,"]
    assert [quote["speaker"] for quote in fields["quotes"]] == ["Jane Roe", "Jane Roe"]
    assert [quote["role"] for quote in fields["quotes"]] == ["the harbour master", "the harbour master"]
    assert all(0.5 < quote["confidence"] <= 1 for quote in fields["quotes"])


def test_extraction_gives_the_same_in_a_line_per_quote(assistant: Assistant) -> None:
    """In words, for assistants that pass on no fields."""
    head, first, second = words_of(assistant.call("extract_quotes", text=ARTICLE)).splitlines()
    assert head == "2 quotes; start:end in code points."
    assert first.startswith("q1 1:19 “The sea wall held,” — Jane Roe, the harbour master (0.")
    assert second.startswith("q2 57:71 “We were lucky,” — Jane Roe, the harbour master (0.")


def test_what_is_included_is_returned(assistant: Assistant) -> None:
    """Who else may have spoken, who is only named, and words that are nobody's speech, with the reason."""
    text = f"{ARTICLE} Tom Hart, a diver, read “Wall and Water” and left."
    fields = fields_of(assistant, "extract_quotes", text=text, include=["other", "alternatives", "mentioned"], id="a1")
    assert fields["id"] == "a1"
    assert any(quote["kind"] == "other" and quote["reason"] for quote in fields["quotes"])
    assert any(quote["alternatives"] for quote in fields["quotes"][:2])
    assert "Tom Hart" in [other["name"] for other in fields["mentioned"]]


def test_a_split_quote_has_the_offsets_of_each_stretch(assistant: Assistant) -> None:
    """Since the words between them are the reporter's."""
    text = "“The wall,” said Jane Roe, “will hold for years.”"
    (quote,) = fields_of(assistant, "extract_quotes", text=text)["quotes"]
    assert [text[span["start"] : span["end"]] for span in quote["spans"]] == ["The wall,", "will hold for years."]


def test_a_long_quote_is_shortened_in_its_middle(assistant: Assistant) -> None:
    """Its offsets lead to the whole."""
    said = f"We were lucky, {'and the old wall held, ' * 20}as it had for years,"
    text = f"“{said}” said Jane Roe, the harbour master."
    (quote,) = fields_of(assistant, "extract_quotes", text=text)["quotes"]
    assert len(quote["text"]) <= LONGEST
    assert quote["text"].startswith("We were lucky, and")
    assert GAP in quote["text"]
    assert quote["text"].endswith("as it had for years,")
    assert text[quote["start"] : quote["end"]] == said


def test_a_long_article_comes_in_parts(assistant: Assistant) -> None:
    """Each says how to call for the next one; together they have every quote, and none floods the context."""
    text = "\n\n".join(f"“We counted {number} boats in the old harbour,” said Jane Roe, the harbour master." for number in range(100))
    found: list[str] = []
    first: int | None = 1
    while first is not None:
        result = assistant.call("extract_quotes", text=text, first_quote=first)
        fields = result.structured_content
        assert len(json.dumps(fields)) + len(words_of(result)) < 20_000
        assert fields["total"] == 100
        found += [quote["id"] for quote in fields["quotes"]]
        first = fields.get("next_quote")
        assert (f"first_quote {first}." in words_of(result)) == (first is not None)
    assert found == [f"q{number}" for number in range(1, 101)]


def test_verification_gives_status_changes_places_and_speakers(assistant: Assistant) -> None:
    """And counts them for the whole draft."""
    sources = [{"id": "hearing", "text": HEARING}]
    fields = fields_of(assistant, "verify_quotes", draft={"text": DRAFT}, sources=sources)
    altered, exact = fields["quotes"]
    assert (altered["status"], exact["status"]) == ("altered", "exact")
    assert altered["changes"] == [{"kind": "dropped", "source": "not", "flags": ["negation"]}]
    (place,) = altered["places"]
    assert (place["id"], HEARING[place["start"] : place["end"]]) == ("hearing", "We will not give up")
    assert exact["speaker"] == {"status": "different", "draft": "Tom Hart", "source": "JANE ROE"}
    assert (fields["statuses"], fields["other_speakers"]) == ({"altered": 1, "exact": 1}, 1)


def test_verification_gives_the_same_in_a_line_per_quote(assistant: Assistant) -> None:
    """In words, for assistants that pass on no fields."""
    told = words_of(assistant.call("verify_quotes", draft={"text": DRAFT}, sources=[{"id": "hearing", "text": HEARING}]))
    assert told.splitlines() == [
        "2 quotes; start:end in code points.",
        "In the whole draft: 1 altered, 1 exact, 1 with another speaker in the source.",
        "q1 1:17 altered “We will give up,” — dropped “not” [negation] — hearing 10:29 “We will not give up” — speaker same",
        "q2 56:80 exact “It will take nine years,” — hearing 31:54 — speaker different (draft: Tom Hart, source: JANE ROE)",
    ]


def test_of_many_changes_only_the_first_ones_are_told(assistant: Assistant) -> None:
    """And how many are left out."""
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrst"]
    said = " ".join(f"we saw the boat of {word} and left" for word in words)
    draft = said.replace("boat", "ship")
    fields = fields_of(assistant, "verify_quotes", draft={"text": f"“{draft},” said Jane Roe."}, sources=[{"text": f"JANE ROE: {said}."}])
    (quote,) = fields["quotes"]
    assert len(quote["changes"]) == MAX_CHANGES
    assert quote["omitted"] == len(words) - MAX_CHANGES


def test_words_of_subtitles_have_their_time(assistant: Assistant) -> None:
    """In seconds."""
    tape = {"id": "tape", "format": "vtt", "text": "WEBVTT\n\n00:07.000 --> 00:09.500\n<v Jane Roe>We were lucky, and the wall held.\n"}
    result = assistant.call("verify_quotes", draft={"text": "“We were lucky,” Jane Roe said."}, sources=[tape])
    assert result.structured_content["quotes"][0]["places"][0]["time"] == {"start": 7.0, "end": 9.5}
    assert "at 7 s" in words_of(result)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"text": 5, "body": "a"},
        {"text": "a", "format": "pdf"},
        {"text": "a", "include": ["all"]},
        {"text": "a", "people": [{"name": ""}]},
    ],
)
def test_wrong_arguments_of_an_extraction_are_told_in_the_words_of_the_http_api(assistant: Assistant, arguments: dict[str, Any]) -> None:
    """Each with its pointer."""
    with pytest.raises(WrongShapeError) as caught:
        read_article(msgspec.json.encode(arguments))
    told = [f"{wrong.pointer}: {wrong.detail}" for wrong in caught.value.errors]
    assert refusal(assistant, "extract_quotes", **arguments).splitlines() == ["Some arguments are wrong:", *told]


@pytest.mark.parametrize(
    "arguments",
    [
        {"draft": {"text": "a", "format": "pdf"}, "sources": []},
        {"draft": "a", "sources": [{"text": "a", "name": "b"}]},
        {"draft": {"text": "a"}, "sources": [{"text": "a", "id": "x"}, {"text": "b", "id": "x"}]},
    ],
)
def test_wrong_arguments_of_a_verification_are_told_in_the_words_of_the_http_api(assistant: Assistant, arguments: dict[str, Any]) -> None:
    """Two sources of one name, too."""
    with pytest.raises(WrongShapeError) as caught:
        read_verification(msgspec.json.encode(arguments))
    told = [f"{wrong.pointer}: {wrong.detail}" for wrong in caught.value.errors]
    assert refusal(assistant, "verify_quotes", **arguments).splitlines() == ["Some arguments are wrong:", *told]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"text": " "}, "The text is empty: send an article that contains more than white space."),
        (
            {"text": "a" * 50_001},
            "The text has 50,001 characters; at most 50,000 are allowed. Split it, or raise QUOTEAPI_MAX_TEXT_LENGTH.",
        ),
        ({"text": "a" * 200_001}, "The arguments have more than 200,000 bytes. Send fewer bytes, or raise QUOTEAPI_MAX_BODY_SIZE."),
        (
            {"text": "a", "language": "de"},
            "The language “de” is not supported: send English text, with the language en or a tag such as en-GB.",
        ),
        ({"text": "a", "max_quotes": 0}, "Some arguments are wrong:\n#/max_quotes: Expected integer of at least 1."),
    ],
)
def test_an_article_that_is_not_read_is_an_error_that_says_what_to_do(assistant: Assistant, arguments: dict[str, Any], told: str) -> None:
    """Which the assistant can act on, unlike an error of the protocol."""
    assert refusal(assistant, "extract_quotes", **arguments) == told


def test_a_source_that_is_not_read_is_named(assistant: Assistant) -> None:
    """By its id."""
    told = refusal(assistant, "verify_quotes", draft={"text": DRAFT}, sources=[{"id": "hearing", "text": " "}])
    assert told.startswith("The source “hearing”: The text is empty")


def test_an_unknown_tool_is_an_error_of_the_protocol(assistant: Assistant) -> None:
    """It names those that there are."""
    with pytest.raises(MCPError, match="call extract_quotes or verify_quotes"):
        assistant.call("translate_quotes", text=ARTICLE)


def test_no_word_of_an_article_is_logged(assistant: Assistant) -> None:
    """Only that there was a call, and how long it took."""
    assistant.call("extract_quotes", text=ARTICLE)
    log = assistant.log.read_text(encoding="utf-8")
    assert '"tool": "extract_quotes"' in log
    assert "sea wall" not in log
