"""The client, sync and async, against a real service."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx
import pytest

import quoteapi
from hearing import TRANSCRIPT
from quoteapi.client import ArticleError, AsyncClient, BusyError, Client, ProblemError, UnauthorizedError, UnreachableError
from quoteapi.structs import Answer, Article, Person
from quoteapi.verification_structs import Draft, Source
from serving import SERVE_POISONED, Server

KEY = "kRz0bXUnm5PMeQ3aWv9d"
TEXT = "“The 🚀 left on time,” said Zoe\u0301 Tamm, the harbour master. “Nobody was hurt.”"
NUMBERED = [Article(text=f"“Wall {number} held,” said Jane Roe.", id=str(number)) for number in range(12)]


@pytest.fixture
def client(service: Server) -> Iterator[Client]:
    """A client with the service's key."""
    with Client(service.url, api_key=KEY) as client:
        yield client


def run(service: Server, work: Callable[[AsyncClient], object]) -> object:
    """What an async client with the service's key gives."""

    async def inner() -> object:
        async with AsyncClient(service.url, api_key=KEY) as client:
            return await work(client)  # type: ignore[misc]  a coroutine function

    return asyncio.run(inner())


def test_an_article_is_read_as_in_this_process(service: Server, client: Client) -> None:
    """The same arguments, the same structs, by either client."""
    options = {"id": "a1", "language": "en-GB", "offset_unit": "utf16", "include": ["other", "alternatives", "mentioned"]}
    people = [Person(name="Zoé Tamm", same_as="https://example.org/people/tamm")]
    expected = quoteapi.extract(TEXT, **options, people=people)  # type: ignore[arg-type]  as they stand above
    assert expected.speakers[0].same_as == "https://example.org/people/tamm"
    assert client.quotes(TEXT, **options, people=people) == expected  # type: ignore[arg-type]  the same
    assert run(service, lambda client: client.quotes(TEXT, **options, people=people)) == expected  # type: ignore[arg-type]  the same


def test_a_draft_is_verified_as_in_this_process(service: Server, client: Client) -> None:
    """The same arguments, the same structs, by either client."""
    draft = Draft("“We will give up,” said Jane Roe. 🚀 “Every boat sank that night,” she said.", language="en-GB")
    sources = [TRANSCRIPT, Source("<p>“We left,” Tom Hart said.</p>", id="page", format="html")]
    expected = quoteapi.verify(draft, sources, offset_unit="utf8")
    assert [quote.status for quote in expected.quotes] == ["altered", "absent"]
    assert client.verify(draft, sources, offset_unit="utf8") == expected
    assert run(service, lambda client: client.verify(draft, sources, offset_unit="utf8")) == expected


def test_a_source_that_cannot_be_read_is_an_error_about_it(service: Server, client: Client) -> None:
    """With the pointer to its text, by either client."""
    with pytest.raises(ArticleError) as raised:
        client.verify("“Hi,” said Jane Roe.", [" "])
    assert [wrong.pointer for wrong in raised.value.errors] == ["#/sources/0/text"]
    assert raised.value.url.endswith("/verify")
    with pytest.raises(ArticleError, match="Empty text"):
        run(service, lambda client: client.verify("“Hi,” said Jane Roe.", [" "]))


def test_readiness_is_told(service: Server, client: Client) -> None:
    """Of a service that is there, and of an address where none is."""
    assert client.ready()
    assert run(service, AsyncClient.ready)
    with Client("http://127.0.0.1:9", tries=1) as nobody:
        assert not nobody.ready()


def test_many_articles_are_answered_in_their_order(service: Server, client: Client) -> None:
    """Four at a time are more than the service takes in: who is refused comes again, and nothing is lost."""

    async def collect(client: AsyncClient) -> list[Answer | ArticleError]:
        return [answer async for answer in client.many(NUMBERED)]

    for answers in (list(client.many(NUMBERED)), run(service, collect)):
        assert isinstance(answers, list)
        assert [answer.id for answer in answers] == [article.id for article in NUMBERED]
        assert [answer.quotes[0].text for answer in answers] == [f"Wall {number} held," for number in range(12)]


def test_an_article_that_cannot_be_answered_leaves_its_error_in_its_place(service: Server, client: Client) -> None:
    """The others are answered."""
    articles = [NUMBERED[0], Article(text=" "), Article(text="Hi", language="fr"), Article(text="\ud83d half of a pair"), NUMBERED[1]]

    async def collect(client: AsyncClient) -> list[Answer | ArticleError]:
        return [answer async for answer in client.many(articles, concurrency=2)]

    for answers in (list(client.many(articles, concurrency=2)), run(service, collect)):
        assert isinstance(answers, list)
        assert [type(answer) for answer in answers] == [Answer, ArticleError, ArticleError, ArticleError, Answer]
        assert [error.name for error in answers[1:4]] == ["empty-text", "unsupported-language", "not-json"]


def test_articles_are_taken_as_their_answers_are_asked_for(client: Client) -> None:
    """Of articles without end, no more than are sent at a time; who stops asking leaves nothing behind that is waited for."""
    taken = []

    def endless() -> Iterator[Article]:
        while True:
            taken.append(NUMBERED[0])
            yield NUMBERED[0]

    answers = client.many(endless(), concurrency=3)
    assert (next(answers), len(taken)) == (client.read(NUMBERED[0]), 3)
    answers.close()  # type: ignore[attr-defined]  a generator


def test_a_problem_is_an_error_with_all_that_it_says(client: Client) -> None:
    """Each thing that is wrong with its pointer."""
    with pytest.raises(ArticleError) as raised:
        client.quotes("Hi", people=[Person(name="")])
    error = raised.value
    assert (error.type, error.name, error.status) == ("/problems/wrong-shape", "wrong-shape", 422)
    assert [wrong.pointer for wrong in error.errors] == ["#/people/0/name"]
    assert error.detail in str(error)
    assert "#/people/0/name" in str(error)
    assert error.url in str(error)
    assert error.url.endswith("/quotes")


def test_a_wrong_key_is_told(service: Server) -> None:
    """Also in the midst of many articles, which none of them could be answered with."""
    with Client(service.url, api_key="x" * 20) as client:
        with pytest.raises(UnauthorizedError):
            client.quotes("Hi")
        with pytest.raises(UnauthorizedError):
            list(client.many(NUMBERED))
    with Client(service.url) as client, pytest.raises(UnauthorizedError):
        client.quotes("Hi")


def test_an_article_that_ends_its_workers_is_sent_once(start_server: Callable[..., Server]) -> None:
    """A `fatal-article` would cost a worker each time; a full service is tried again while there is patience."""
    server = start_server(SERVE_POISONED)
    server.wait_until_ready()
    with Client(server.url) as client, pytest.raises(ArticleError, match="Worker crashed") as raised:
        client.quotes("die")
    assert raised.value.name == "fatal-article"
    assert server.log.read_text().count('"path": "/quotes"') == 1


def test_where_nobody_listens_is_told() -> None:
    """With the address, the name and password in it left out, the cause, and after the last try."""
    with Client("http://roe:secret@127.0.0.1:9", tries=2) as client, pytest.raises(UnreachableError) as raised:
        client.quotes("Hi")
    assert raised.value.url == "http://127.0.0.1:9/quotes"
    assert raised.value.url in str(raised.value)
    assert "secret" not in str(raised.value)
    assert isinstance(raised.value.__cause__, httpx.ConnectError)


def test_what_cannot_be_an_argument_is_refused_at_once() -> None:
    """With what it has to be."""
    for options, words in (
        ({"base_url": "localhost:8000"}, "http://"),
        ({"api_key": "a key\n"}, "visible ASCII"),
        ({"tries": 0}, "tries at least 1"),
        ({"timeout": 0}, "more than 0"),
    ):
        for kind in (Client, AsyncClient):
            with pytest.raises(ValueError, match=words):
                kind(**options)  # type: ignore[arg-type]  wrong on purpose
    with Client() as client, pytest.raises(ValueError, match="at least 1"):
        client.many([], concurrency=0)


def test_errors_are_one_family() -> None:
    """The tree of the package's docstring; every error is one of quoteapi's."""
    assert issubclass(ArticleError, ProblemError)
    assert issubclass(BusyError, ProblemError)
    assert issubclass(UnreachableError, quoteapi.QuoteapiError)


@pytest.mark.parametrize("missing", ["httpx", "tenacity"])
def test_a_missing_library_is_told_with_the_extra(missing: str) -> None:
    """Not with a bare ModuleNotFoundError from within."""
    program = f"import sys; sys.modules[{missing!r}] = None; import quoteapi.client"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603  this interpreter
    assert f"needs {missing}, which is not installed: run pip install '.[client]'" in done.stderr


def test_importing_it_loads_neither_spacy_nor_the_engine() -> None:
    """A caller elsewhere needs msgspec, httpx and tenacity alone."""
    program = "import sys, quoteapi.client; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  this interpreter
    loaded = set(done.stdout.split())
    assert {"msgspec", "httpx", "tenacity"} <= loaded
    assert not loaded & {"spacy", "onnxruntime", "numpy", "litestar", "thinc", "tokenizers"}
