"""The engine: what holds for every article whatever, and a whole article as a human would read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lxml import html

from quoteapi import __version__, errors
from quoteapi.encoder import Encoder
from quoteapi.encoder.session import ON_DEMAND
from quoteapi.engine import QuoteEngine, name_of
from quoteapi.request import PeopleFileError
from quoteapi.settings import read_settings
from quoteapi.structs import Answer, Article, Include, Known, OffsetUnit, Person, Quote, Span
from target import few

HARBOUR = (Path(__file__).parent / "articles" / "harbour.txt").read_text(encoding="utf8")
ALL_PARTS: list[Include] = ["other", "indirect", "alternatives", "mentioned"]
CODEC = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}
"""For each unit an encoding in which a slice can be cut by bytes, and the bytes of one unit."""

MARKS = "“”‘’\"'«»„‚`–—:"
LAYOUTS = st.lists(
    st.sampled_from(
        (
            *("ROE: I did.\n", "Q: Why?\n", "A: Because we did.\n", "– Yes, said Roe. ", "(laughs)", "[00:12] "),
            *("> ", "— Tom Hart, nurse\n", "@kelbyroe: We sail.\n", "RT ", "Dear all,\n", "Sincerely,\nJane Roe\n", "Roe wrote:\n", "1. "),
            *("Jane Roe", "said that the wall held.\n", "The sign reads", "\n", "\r\n", " ", "-\n"),
            *("“", "”", "''", "<<", ",,", "&#x201c;", "\ufffd", "\u00ad"),
        )
    ),
    min_size=1,
    max_size=30,
).map("".join)
PIECES = st.sampled_from(
    [
        "“The wall held,” said Jane Roe, the harbour master.",
        "“It will,” Roe told reporters, “take years.”",
        "‘We asked him, and he said, “Go home,”’ she recalled.",
        "According to Tom Hart of the Kelby Institute, the plan was “a coat of paint.”",
        "HART: “We knew in March.”",
        "Mayor Tom Hart smiled. “Not I.”",
        "“One.\n\n“Two,” Dr. Sam Lund wrote.",
        "The so-called ‘sea wall’ — built in 1934 — gave way, officials said.",
        "''We wo n't,'' Ms. Roe's spokesman said.",
        "&ldquo;Caf\u00e9&rdquo; said J\u00fcrgen\u00ad Ro\u200be 😀 of the U.N.",
        "She shrugged.",
        "\n\n",
        "\r\n",
    ]
)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Article-like text in which marks were dropped, doubled and swapped."""
    text = " ".join(draw(st.lists(PIECES, min_size=1, max_size=6)))
    places = [i for i, character in enumerate(text) if character in MARKS]
    changes = draw(st.dictionaries(st.sampled_from(places), st.sampled_from(["", "double", *MARKS]), max_size=6)) if places else {}
    return "".join(2 * c if changes.get(i) == "double" else changes.get(i, c) for i, c in enumerate(text))


anything = st.text(st.characters(codec=None), max_size=80) | st.text(
    st.sampled_from(f"{MARKS} \n.,aI\ud83d\ude00\U0001f600\u00ad"), max_size=60
)
unit = st.sampled_from(get_args(get_args(OffsetUnit)[0]))


def spans_of(answer: Answer) -> Iterator[Span]:
    """Every stretch of the answer that comes with its words."""
    for quote in answer.quotes:
        yield from quote.spans
        yield from (span for span in (quote.mention, quote.cue, quote.addressee) if span is not None)
        yield from quote.evidence.chain
        yield from (other.mention for other in quote.alternatives or () if other.mention is not None)
    for speaker in (*answer.speakers, *(answer.mentioned or ())):
        yield from speaker.mentions
        for role in (speaker.role, *speaker.roles):
            if role is not None:
                assert role.start is not None
                assert role.end is not None
                yield Span(start=role.start, end=role.end, text=role.text)


def check_offsets(text: str, answer: Answer) -> None:
    """Every stretch cuts exactly its words out of the caller's string."""
    codec, size = CODEC[answer.offset_unit]
    encoded = text.encode(codec, "surrogatepass")
    for span in spans_of(answer):
        assert encoded[size * span.start : size * span.end] == span.text.encode(codec, "surrogatepass")
        assert span.text
    for quote in answer.quotes:
        assert 0 <= quote.context.start <= quote.start < quote.end <= quote.context.end <= len(encoded) // size
        assert quote.text == " ".join(span.text for span in quote.spans)
        assert (quote.start, quote.end) == (quote.spans[0].start, quote.spans[-1].end)
        assert all(before.end <= after.start for before, after in zip(quote.spans, quote.spans[1:], strict=False))


def check_overlap(answer: Answer) -> None:
    """Different quotes share no character unless one holds the other, by one step or more; a report holds marked words whole."""
    by_id = {quote.id: quote for quote in answer.quotes}

    def holders(quote: Quote) -> set[str]:
        found: set[str] = set()
        while quote.within is not None:
            assert quote.within not in found
            found.add(quote.within)
            quote = by_id[quote.within]
        return found

    for i, one in enumerate(answer.quotes):
        for other in answer.quotes[i + 1 :]:
            if one.id not in holders(other) and other.id not in holders(one):
                shared = [(a, b) for a in one.spans for b in other.spans if a.start < b.end and b.start < a.end]
                assert not shared or {one.kind, other.kind} - {"indirect"}
                assert all(is_inside(*((b, a) if one.kind == "indirect" else (a, b))) for a, b in shared)


def is_inside(span: Span, report: Span) -> bool:
    """Whether a stretch between marks stands inside a report, with words of the report's own beside it."""
    return report.start <= span.start <= span.end <= report.end and span.end - span.start < report.end - report.start


def check_ids(answer: Answer) -> None:
    """Ids are unique, and all that points to a speaker or a quote finds it."""
    speakers = {speaker.id: speaker for speaker in answer.speakers}
    quotes = {quote.id: quote for quote in answer.quotes}
    assert (len(speakers), len(quotes)) == (len(answer.speakers), len(answer.quotes))
    assert not {speaker.id for speaker in answer.mentioned or ()} & speakers.keys()
    for quote in answer.quotes:
        assert quote.within is None or quote.within in quotes
        if quote.speaker is not None:
            assert quote.id in speakers[quote.speaker.id].quotes
            assert quote.speaker.name == speakers[quote.speaker.id].name
    for speaker in answer.speakers:
        assert speaker.quotes
        assert all(quotes[identity].speaker is not None for identity in speaker.quotes)


def check(text: str, answer: Answer) -> None:
    """All that holds for every answer."""
    check_offsets(text, answer)
    check_overlap(answer)
    check_ids(answer)
    assert [quote.start for quote in answer.quotes] == sorted(quote.start for quote in answer.quotes)


@few
@given(text=anything, unit=unit)
@example(text="“\ud83d” said \ude00 Jane Roe.", unit="utf16")
@example(text="\x00“\x00”\x00", unit="utf8")
def test_every_text_is_answered(engine: QuoteEngine, text: str, unit: OffsetUnit) -> None:
    """Whatever the characters, surrogates and controls too; white space alone is refused and nothing else."""
    article = Article(text=text, offset_unit=unit, include=ALL_PARTS)
    if not text.strip():
        with pytest.raises(errors.EmptyTextError):
            engine.extract(article)
        return
    check(text, engine.extract(article))


@few
@given(text=LAYOUTS, unit=unit)
@example(text="ROE: I did.\nJane Roe ,, nurse\nQ: Why?", unit="codepoint")
def test_any_layout_is_answered(engine: QuoteEngine, text: str, unit: OffsetUnit) -> None:
    """Labels, letters, posts, signatures, prefixes and damage, in whatever order."""
    assume(text.strip())
    check(text, engine.extract(Article(text=text, offset_unit=unit, include=ALL_PARTS, language="en")))


@few
@given(text=articles(), unit=unit)
def test_an_article_with_spoilt_marks_is_answered(engine: QuoteEngine, text: str, unit: OffsetUnit) -> None:
    """Marks dropped, doubled and swapped."""
    assume(text.strip())
    check(text, engine.extract(Article(text=text, offset_unit=unit, include=ALL_PARTS)))


@few
@given(text=articles())
def test_the_parts_asked_for_change_nothing_else(engine: QuoteEngine, text: str) -> None:
    """`include` adds; what is there without it stays the same but for ids."""
    assume(text.strip())
    plain, full = engine.extract(Article(text=text)), engine.extract(Article(text=text, include=ALL_PARTS))
    assert all(quote.kind != "other" and not quote.alternatives for quote in plain.quotes)
    assert not plain.mentioned
    assert [quote.spans for quote in plain.quotes] == [quote.spans for quote in full.quotes if quote.kind in {"direct", "mixed"}]
    assert {speaker.name for speaker in plain.speakers} <= {speaker.name for speaker in full.speakers}
    assert all(isinstance(quote.alternatives, list) for quote in full.quotes)
    assert isinstance(full.mentioned, list)


PEOPLE = {
    "Ida Morrow": "Harbour Master",
    "Tomas Reed": "Mayor",
    "Petra Vance": "the ministry’s head of coastal works",
    "Anders Holm": "the hydrologist",
    "Lena Borg": None,
    "Marta Lindqvist": "chief executive",
}
"""Who speaks in the article of the harbour, and what their role is, as far as it must be told."""


@pytest.fixture(scope="module")
def harbour(engine: QuoteEngine) -> Answer:
    """The answer to a whole article."""
    return engine.extract(Article(text=HARBOUR, include=["other", "mentioned"]))


@pytest.mark.parametrize(
    ("opening", "kind", "name"),
    [
        ("The water came over", "direct", "Ida Morrow"),
        ("Had we waited", "direct", "Ida Morrow"),
        ("We asked for repairs", "direct", "Tomas Reed"),
        ("neither fair nor complete", "mixed", "Petra Vance"),
        ("I have the letters", "direct", "Petra Vance"),
        ("Anyone may read", "direct", "Petra Vance"),
        ("A wall like this", "direct", "Anders Holm"),
        ("My grandmother baked", "direct", "Lena Borg"),
        ("The sea has done", "direct", "Lena Borg"),
        ("Bread first", "direct", "Lena Borg"),
        ("within weeks", "mixed", "Marta Lindqvist"),
        ("We have sandbags", "direct", "Ida Morrow"),
        ("I would swap", "direct", "Ida Morrow"),
    ],
)
def test_each_quote_of_an_article_has_its_speaker(harbour: Answer, opening: str, kind: str, name: str) -> None:
    """By full name, wherever in the article it stands."""
    (quote,) = (quote for quote in harbour.quotes if quote.text.startswith(opening))
    assert (quote.kind, quote.speaker and quote.speaker.name) == (kind, name)


@pytest.mark.parametrize("opening", ["Kelby: The Next Storm"])
def test_words_in_marks_that_are_nobodys_are_other(harbour: Answer, opening: str) -> None:
    """The title of a report."""
    (quote,) = (quote for quote in harbour.quotes if quote.text.startswith(opening))
    assert (quote.kind, quote.speaker, quote.evidence.method) == ("other", None, "not_speech")


def test_an_article_has_no_speakers_but_those_who_speak(harbour: Answer) -> None:
    """In the order of their first quote, each with a type."""
    assert [(speaker.name, speaker.type) for speaker in harbour.speakers] == [(name, "person") for name in PEOPLE]
    assert "Kelby" in [speaker.name for speaker in harbour.mentioned or ()]


@pytest.mark.parametrize(("name", "role"), PEOPLE.items())
def test_each_speaker_has_the_role_that_the_article_gives(harbour: Answer, name: str, role: str | None) -> None:
    """Before the name, after it, or none."""
    (speaker,) = (speaker for speaker in harbour.speakers if speaker.name == name)
    assert (speaker.role and speaker.role.text) == role


def test_a_quote_is_split_by_its_attribution_and_runs_over_paragraphs(harbour: Answer) -> None:
    """Two spans each."""
    spans = {quote.spans[0].text.split()[0]: len(quote.spans) for quote in harbour.quotes if len(quote.spans) > 1}
    assert spans == {"We": 2, "A": 2}


def test_a_role_from_the_authority_list_has_no_offsets(engine: QuoteEngine) -> None:
    """Where the article gives none."""
    person = Person(name="Jane A. Roe", aliases=["Jane Roe"], role="harbour master", same_as="https://example.org/roe")
    (speaker,) = engine.extract(Article(text="“It held,” said Jane Roe.", people=[person])).speakers
    assert (speaker.name, speaker.same_as) == ("Jane A. Roe", "https://example.org/roe")
    assert speaker.role is not None
    assert (speaker.role.text, speaker.role.start, speaker.role.end) == ("harbour master", None, None)
    assert speaker.role.evidence == "people"


def test_whom_the_authority_list_has_twice_is_left_open(engine: QuoteEngine) -> None:
    """With both entries, and neither's role."""
    people = [Person(name="Jane Roe", role="mayor", same_as="https://example.org/1"), Person(name="Jane A. Roe", aliases=["Jane Roe"])]
    (speaker,) = engine.extract(Article(text="“It held,” said Jane Roe.", people=people)).speakers
    assert (speaker.name, speaker.role, speaker.same_as) == ("Jane Roe", None, None)
    assert speaker.candidates == [Known(name="Jane Roe", same_as="https://example.org/1"), Known(name="Jane A. Roe", same_as=None)]


def test_the_service_may_have_a_list_of_people_of_its_own(tmp_path: Path) -> None:
    """In a file; the request's own list is asked first, and a file that is no list is told."""
    path = tmp_path / "people.json"
    path.write_text('[{"name": "Jane Roe", "same_as": "https://example.org/roe"}, {"name": "Ann Doe", "role": "mayor"}]')
    engine = QuoteEngine.configured(read_settings({"QUOTEAPI_PEOPLE": str(path)}))
    text = "“It held,” said Jane Roe. “It fell,” said Ann Doe."
    roe, doe = engine.extract(Article(text=text, people=[Person(name="Ann Doe", role="baker")])).speakers
    assert roe.same_as == "https://example.org/roe"
    assert doe.role is not None
    assert doe.role.text == "baker"
    path.write_text("{}")
    with pytest.raises(PeopleFileError, match=r"people\.json"):
        QuoteEngine.configured(read_settings({"QUOTEAPI_PEOPLE": str(path)}))


def test_an_unsure_speaker_is_left_out() -> None:
    """Where more confidence is asked for than there is; the one left out is the first alternative."""
    strict = QuoteEngine(min_confidence=1.0)
    (quote,) = strict.extract(Article(text="“It held,” said Jane Roe.", include=["alternatives"])).quotes
    assert (quote.speaker, quote.evidence.method) == (None, "doubtful")
    assert isinstance(quote.alternatives, list)
    assert quote.alternatives[0].name == "Jane Roe"


@pytest.mark.parametrize("language", ["en", "EN", "en-GB", "en_US"])
def test_every_english_is_read(engine: QuoteEngine, language: str) -> None:
    """By its tag's first part."""
    assert engine.extract(Article(text="“It held,” said Jane Roe.", language=language)).language == language


@pytest.mark.parametrize(
    ("article", "error"),
    [
        (Article(text=" \u00a0\n"), errors.EmptyTextError),
        (Article(text="a" * 200_001), errors.TextTooLongError),
        (Article(text="Bonjour.", language="fr"), errors.UnsupportedLanguageError),
    ],
)
def test_what_cannot_be_read_is_refused(engine: QuoteEngine, article: Article, error: type[errors.QuoteapiError]) -> None:
    """Before any work is done."""
    with pytest.raises(error):
        engine.extract(article)


FRENCH = (
    "« La digue a tenu », a dit la maire de Vauxbourg après la tempête. Les habitants du port ont été prévenus dans la nuit, et personne"
    " n'est blessé, mais plusieurs bateaux ont coulé."
)


def test_a_text_in_another_language_is_refused(engine: QuoteEngine) -> None:
    """With the language's tag, and how to insist."""
    with pytest.raises(errors.UnsupportedLanguageError, match=r"“fr”.*set language to en"):
        engine.extract(Article(text=FRENCH))


def test_who_names_the_language_insists(engine: QuoteEngine) -> None:
    """So does an operator, by a setting; the answer says that the text was read as English."""
    assert engine.extract(Article(text=FRENCH, language="en")).language == "en"
    lenient = QuoteEngine(detect_language=False)
    assert lenient.extract(Article(text=FRENCH)).language == "en"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Tom Hart, mayor of Kelby", "Tom Hart"),
        ("Kelby Harbour Authority", "Kelby Harbour Authority"),
        ("The Harbour at Night, Part Two", None),
    ],
)
def test_a_page_names_the_source_by_its_markup(engine: QuoteEngine, source: str, name: str | None) -> None:
    """A person or a body, whoever spoke before; what names nobody is nobody's evidence."""
    block = f"<blockquote><p>The gates were shut in time, and nobody was hurt.</p><footer>{source}</footer></blockquote>"
    page = f"<article><p>Nobody at the harbour was prepared for the storm that came on Monday night.</p>{block}</article>"
    (quote,) = engine.extract(Article(text=page, format="html")).quotes
    assert (quote.speaker.name if quote.speaker else None, quote.evidence.method == "cite") == (name, name is not None)


@few
@example(markup="<p>“<q>a</b></q>”<blockquote><cite>", unit="utf8")
@given(
    markup=st.lists(
        PIECES
        | st.sampled_from(["<p>", "</p>", "<q>", "</q>", "<blockquote>", "</blockquote>", "<cite>", "</cite>", "<br>", "<b", "<!--"]),
        max_size=14,
    ).map("".join),
    unit=unit,
)
def test_any_page_is_read_or_refused(engine: QuoteEngine, markup: str, unit: OffsetUnit) -> None:
    """Its text's offsets hold, and every path is one."""
    try:
        answer = engine.extract(Article(text=markup, format="html", offset_unit=unit, include=ALL_PARTS, language="en"))
    except (errors.EmptyTextError, errors.UnreadablePageError):
        return
    assert isinstance(answer.text, str)
    check_offsets(answer.text, answer)
    page = html.document_fromstring(markup)
    for quote in answer.quotes:
        if quote.path:
            held = "".join(page.xpath(str(quote.path))[0].text_content().split())
            assert all("".join(span.text.split()) in held for span in quote.spans)


def test_a_missing_pipeline_is_an_error_of_ours(tmp_path: Path) -> None:
    """With the folder that was looked in."""
    with pytest.raises(errors.WeightsMissingError, match="nowhere"):
        QuoteEngine(str(tmp_path / "nowhere"))


def test_the_same_article_has_the_same_answer(engine: QuoteEngine) -> None:
    """Nothing is kept from one article to the next."""
    first = engine.extract(Article(text=HARBOUR))
    engine.extract(Article(text="“It fell,” said Tom Hart."))
    assert engine.extract(Article(text=HARBOUR)) == first


def test_the_answer_says_what_made_it(engine: QuoteEngine) -> None:
    """The package's version and the pipeline's name."""
    answer = engine.extract(Article(text="It held.", id="a1"))
    assert (answer.id, answer.quotes, answer.speakers) == ("a1", [], [])
    assert (answer.engine.version, answer.engine.pipeline) == (__version__, name_of(engine.nlp, "small"))
    assert answer.engine.pipeline.startswith("en_quotes ")


def test_a_text_is_read_however_long_where_the_limit_allows_it() -> None:
    """No library's limit stands behind the engine's own."""
    text = f"“Hi,” said Jane Roe.{' ' * 3_000_000}“No,” said Tom Hart."
    answer = QuoteEngine(max_text_length=len(text)).extract(Article(text=text))
    assert [quote.speaker.name for quote in answer.quotes if quote.speaker] == ["Jane Roe", "Tom Hart"]


def test_an_article_without_marks_is_read_only_where_somebody_asks_who_is_in_it(engine: QuoteEngine) -> None:
    """Nobody is quoted in it, so the pipeline has nothing to tell; `mentioned` asks for its names."""
    text = "Jane Roe, the harbour master, walked along the sea wall on Monday."
    assert len(engine.find(Article(text=text)).doc) == 0
    assert engine.extract(Article(text=text)).speakers == []
    mentioned = engine.extract(Article(text=text, include=["mentioned"])).mentioned
    assert [speaker.name for speaker in mentioned or ()] == ["Jane Roe"]


REPORTED = (
    "Jane Roe, the harbour master, warned on Monday that the sea wall would not last the winter. “We are late,” she said.\n\n"
    "Tomas Reed, the mayor, said the pumps were “older than the town” and that nobody had looked at them since May."
)


def test_reported_speech_is_given_where_it_is_asked_for(engine: QuoteEngine) -> None:
    """With speaker, role and cue, in reading order among the other quotes, which stay what they are."""
    plain = engine.extract(Article(text=REPORTED)).quotes
    quotes = engine.extract(Article(text=REPORTED, include=["indirect"])).quotes
    assert [(quote.id, quote.kind) for quote in quotes] == [("q1", "indirect"), ("q2", "direct"), ("q3", "indirect"), ("q4", "mixed")]
    assert [quote.text for quote in quotes if quote.kind != "indirect"] == [quote.text for quote in plain]
    first, _, third, _ = quotes
    assert first.text == "that the sea wall would not last the winter"
    assert third.text == "the pumps were “older than the town” and that nobody had looked at them since May"
    assert [(one.speaker and (one.speaker.name, one.speaker.role), one.cue and one.cue.lemma) for one in (first, third)] == [
        (("Jane Roe", "the harbour master"), "warn"),
        (("Tomas Reed", "the mayor"), "say"),
    ]


def test_a_fragment_has_its_whole_reported_sentence_as_context(engine: QuoteEngine) -> None:
    """As has the report that it stands in; `within` is for quotes in quotes."""
    *_, third, fourth = engine.extract(Article(text=REPORTED, include=["indirect"])).quotes
    assert (third.context, fourth.within) == (fourth.context, None)
    assert REPORTED[fourth.context.start : fourth.context.end] == REPORTED.partition("\n\n")[2]


def test_reported_speech_needs_no_marks_in_the_article(engine: QuoteEngine) -> None:
    """Nor anybody who is named: the article says what it says."""
    answer = engine.extract(Article(text="The minister said that the ferry would sail again in May.", include=["indirect"]))
    assert [(quote.kind, quote.text, quote.speaker and quote.speaker.name) for quote in answer.quotes] == [
        ("indirect", "that the ferry would sail again in May", "The minister")
    ]


def test_an_encoder_without_reported_speech_refuses_it(tmp_path: Path) -> None:
    """Before any work is done, and it does all else."""
    bare = QuoteEngine()
    for path in bare.encoder.folder.iterdir():
        if path.stem not in ON_DEMAND:
            (tmp_path / path.name).symlink_to(path)
    bare.encoder = Encoder(tmp_path)
    assert len(bare.extract(Article(text=REPORTED)).quotes) == 2
    with pytest.raises(errors.UnsupportedIncludeError, match="indirect"):
        bare.extract(Article(text=REPORTED, include=["indirect"]))
