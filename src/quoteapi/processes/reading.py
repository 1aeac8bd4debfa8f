"""Reading: what every engine process does, however articles reach it; it loads an engine, reads, and ends with its parent."""

import gc
import multiprocessing
import os
import pkgutil
import signal
import threading
import traceback
from typing import Literal, Protocol

import msgspec
from msgspec import Struct

from quoteapi.errors import DocumentError, QuoteapiError
from quoteapi.exports import FORMS, Form, FormName
from quoteapi.request import Sent, WrongShapeError, read_verification
from quoteapi.settings import Settings
from quoteapi.structs import Article, ProblemError
from quoteapi.timing import Stage, Timed
from quoteapi.verification_structs import Verification, VerificationRequest

ENGINE = "quoteapi.engine:QuoteEngine.configured"
"""Where the engine's maker is found; a name, so that only engine processes pay for spaCy."""


WARM_UP = "“The wall held,” said Jane Roe, the harbour master. “We were lucky,” she told the council."
"""What an engine reads before it is ready: what it looks up once it has then, for all the workers that share its memory."""


class EngineUnavailableError(QuoteapiError):
    """The engine could not be loaded; says why."""


class EngineFailedError(QuoteapiError):
    """The engine raised what it should not; says where, without a word of the article."""


class Reader(Protocol):
    """What reads articles."""

    def extract_timed(self, article: Article) -> Timed:
        """The article's answer, and what each stage took."""

    def verify(self, request: VerificationRequest) -> Verification:
        """What came of a draft's quotes."""


Task = Literal["extract", "verify"]


class Order(Struct, frozen=True):
    """An article to read, and the form in which its answer is wanted.

    Args:
        article: Also as it was sent: it is decoded here then, since its sender chooses what that costs.
        form: One of those of `exports`.
        echo: Whether its text comes back with the answer, for a log.
        task: What is done with it. A draft comes with its sources as it was sent, and its verification is written as JSON.
    """

    article: Article | Sent
    form: FormName = "json"
    echo: bool = False
    task: Task = "extract"


class Reply(Struct, frozen=True, tag=True):
    """An article's answer in the form that was wanted, its number of quotes, and seconds: of each stage, of waiting, of being read.

    The last two are filled in by who keeps the line.
    """

    body: bytes
    quotes: int = 0
    stages: dict[Stage, float] = {}
    waited: float = 0.0
    read: float = 0.0
    characters: int = 0
    """Of the text or page that was sent."""
    text: str | None = None
    """What was sent, where that is to come back."""


class Refused(Struct, frozen=True, tag=True):
    """An article that is not read, and why. It travels between processes, as the error itself could not.

    `characters` and `text` are those of `Reply`; None where what was sent is no article. `pointer` leads to the value that is wrong, where
    it is not the field that the error is always about.
    """

    error: type[QuoteapiError]
    detail: str
    errors: list[ProblemError] = []
    characters: int | None = None
    text: str | None = None
    pointer: str | None = None


def settle() -> None:
    """Make this process an engine process: its parent alone decides when it ends, and it ends when the parent is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C, and a stop by systemd, reach every process of the service
        signal.signal(number, signal.SIG_IGN)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process reads with one core; there are as many processes as cores
    threading.Thread(target=_end_with_parent, daemon=True).start()


def load_engine(settings: Settings, engine: str = ENGINE) -> Reader:
    """An engine, ready to read: it has read a sentence.

    Args:
        settings: Say which pipeline it reads with.
        engine: Names what makes it from the settings, as `module:name`.

    Raises:
        EngineUnavailableError: It could not be loaded, for whatever reason.
    """
    try:
        reader: Reader = pkgutil.resolve_name(engine)(settings)
        reader.extract_timed(Article(text=WARM_UP[: settings.max_text_length]))
    except QuoteapiError as error:
        raise EngineUnavailableError(str(error)) from None
    except Exception as error:  # a wrong pipeline raises whatever its files make spaCy raise
        message = f"The engine could not be loaded: {error} ({_where(error)})."
        raise EngineUnavailableError(message) from error
    gc.collect()
    gc.freeze()  # what is loaded stays: no collection looks at it again, nor writes into pages that processes share
    return reader


def reply_to(reader: Reader, order: Order) -> Reply | Refused:
    """The answer, written in the form that is wanted, or why the article is not read.

    Raises:
        EngineFailedError: The engine raised an error that it does not document.
        MemoryError: There is no memory; the process should end, and give back what it has.
    """
    asked: Article | VerificationRequest | None = None
    try:
        asked = _asked_in(order)
        body, quotes, stages = _answered(reader, asked, FORMS[order.form])
        return Reply(body, quotes=quotes, stages=stages, characters=_characters_of(asked), text=_text_of(asked) if order.echo else None)
    except WrongShapeError as error:
        return Refused(error=WrongShapeError, detail="Some fields of the body are wrong.", errors=error.errors)
    except QuoteapiError as error:
        inner = error.error if isinstance(error, DocumentError) else error
        return Refused(
            error=type(inner),
            detail=str(error),
            characters=None if asked is None else _characters_of(asked),
            text=_text_of(asked) if asked is not None and order.echo else None,
            pointer=error.pointer if isinstance(error, DocumentError) else None,
        )
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  an error of any library; it may quote the article, or not survive the way to the parent
        raise EngineFailedError(_where(error)) from None


def _asked_in(order: Order) -> Article | VerificationRequest:
    """The article or the verification that is asked for, decoded where it is still as it was sent."""
    if not isinstance(order.article, Sent):
        return order.article
    return read_verification(order.article.body) if order.task == "verify" else order.article.read()


def _answered(reader: Reader, asked: Article | VerificationRequest, form: Form) -> tuple[bytes, int, dict[Stage, float]]:
    """The answer as it is written, its number of quotes, and what each stage took."""
    if isinstance(asked, VerificationRequest):
        verification = reader.verify(asked)
        return msgspec.json.encode(verification), len(verification.quotes), {}
    timed = reader.extract_timed(form.asked(asked))
    return form.write(timed.answer, timed.answer.text_of(asked.text)), len(timed.answer.quotes), timed.stages


def _text_of(asked: Article | VerificationRequest) -> str:
    """The article or the draft."""
    return asked.text if isinstance(asked, Article) else asked.draft.text


def _characters_of(asked: Article | VerificationRequest) -> int:
    """Characters of an article, or of a draft and its sources."""
    sources = [] if isinstance(asked, Article) else asked.sources
    return len(_text_of(asked)) + sum(len(source.text) for source in sources)


def _end_with_parent() -> None:
    """End this process when its parent is gone, killed ones too: a worker without a parent would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _where(error: Exception) -> str:
    """An error's type and the line that raised it, without its message."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, {os.path.basename(frame.filename)} line {frame.lineno}"  # noqa: PTH119  a name, no file
