"""The engine process: what it does, however articles reach it: load an engine, carry out orders, and end with its parent."""

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
"""Import path of the engine's factory, `module:name`; a name, so that only engine processes import spaCy."""


WARM_UP = "“The wall held,” said Jane Roe, the harbour master. “We were lucky,” she told the council."
"""Text that an engine reads before it is ready, to fill its caches for all the workers that share its memory."""


class EngineUnavailableError(QuoteapiError):
    """The engine could not be loaded; says why."""


class EngineFailedError(QuoteapiError):
    """The engine raised an undocumented error; says where, without any text of the article."""


class Reader(Protocol):
    """An engine, as its process uses it."""

    def extract_timed(self, article: Article) -> Timed:
        """Return the article's answer, and the seconds of each stage."""

    def verify(self, request: VerificationRequest) -> Verification:
        """Verify a draft's quotes against its sources."""


Task = Literal["extract", "verify"]


class Order(Struct, frozen=True):
    """An article to read, and the requested form of its answer.

    Args:
        article: Decoded, or as it was sent: the engine process then decodes it, because the sender determines what that costs.
        form: The name of a form in `exports`.
        echo: Whether the reply includes the text, for a log.
        task: What to do with it. For `verify`, it is a draft with its sources, as it was sent, and the answer is written as JSON.
    """

    article: Article | Sent
    form: FormName = "json"
    echo: bool = False
    task: Task = "extract"


class Reply(Struct, frozen=True, tag=True):
    """An article's answer in the requested form, its number of quotes, and times in seconds: of each stage, of waiting, and of reading.

    The supervisor fills in the last two.
    """

    body: bytes
    quotes: int = 0
    stages: dict[Stage, float] = {}
    waited: float = 0.0
    read: float = 0.0
    characters: int = 0
    """Length of the text or page that was sent."""
    text: str | None = None
    """The text or page that was sent, if the order asks for it."""


class Refused(Struct, frozen=True, tag=True):
    """An article that was not read, and why, in a form that can be sent between processes, unlike the exception itself.

    `characters` and `text` are as in `Reply`; None if what was sent is not an article. `pointer` is a JSON Pointer to the wrong value, if
    that is not the field that this error is always about.
    """

    error: type[QuoteapiError]
    detail: str
    errors: list[ProblemError] = []
    characters: int | None = None
    text: str | None = None
    pointer: str | None = None


def become_engine_process() -> None:
    """Set this process up as an engine process: it ignores signals to stop, which its parent handles, and ends when the parent is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C, and a stop by systemd, reach every process of the service
        signal.signal(number, signal.SIG_IGN)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each process uses one core, and there are as many processes as cores
    threading.Thread(target=_end_with_parent, daemon=True).start()


def load_engine(settings: Settings, engine: str = ENGINE) -> Reader:
    """Load an engine and warm it up.

    Args:
        settings: Determine its pipeline.
        engine: Import path of the factory that makes it from the settings, `module:name`.

    Raises:
        EngineUnavailableError: It could not be loaded, for whatever reason.
    """
    gc.disable()  # nearly everything that loading allocates stays
    try:
        reader: Reader = pkgutil.resolve_name(engine)(settings)
        reader.extract_timed(Article(text=WARM_UP[: settings.max_text_length]))
    except QuoteapiError as error:
        raise EngineUnavailableError(str(error)) from None
    except Exception as error:  # the files of a broken pipeline can make spaCy raise anything
        message = f"The engine could not be loaded: {error} ({_where(error)})."
        raise EngineUnavailableError(message) from error
    finally:
        gc.enable()
    gc.collect()
    gc.freeze()  # the engine stays loaded: garbage collection skips it, and does not write to memory pages that processes share
    return reader


def reply_to(reader: Reader, order: Order) -> Reply | Refused:
    """Carry out an order: return the answer in the requested form, or why the article is not read.

    Raises:
        EngineFailedError: The engine raised an undocumented error.
        MemoryError: Memory ran out; the process should end, to release what it has.
    """
    asked: Article | VerificationRequest | None = None
    try:
        asked = _request_in(order)
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
    except Exception as error:  # noqa: BLE001  an error of any library; it may quote the article, or not be serializable
        raise EngineFailedError(_where(error)) from None


def _request_in(order: Order) -> Article | VerificationRequest:
    """Return an order's article or verification request, decoded if it is still as it was sent."""
    if not isinstance(order.article, Sent):
        return order.article
    return read_verification(order.article.body) if order.task == "verify" else order.article.read()


def _answered(reader: Reader, asked: Article | VerificationRequest, form: Form) -> tuple[bytes, int, dict[Stage, float]]:
    """Return the encoded answer, its number of quotes, and the seconds of each stage."""
    if isinstance(asked, VerificationRequest):
        verification = reader.verify(asked)
        return msgspec.json.encode(verification), len(verification.quotes), {}
    timed = reader.extract_timed(form.asked(asked))
    return form.write(timed.answer, timed.answer.text_of(asked.text)), len(timed.answer.quotes), timed.stages


def _text_of(asked: Article | VerificationRequest) -> str:
    """Return the text of an article or a draft."""
    return asked.text if isinstance(asked, Article) else asked.draft.text


def _characters_of(asked: Article | VerificationRequest) -> int:
    """Count the characters of an article, or of a draft and its sources."""
    sources = [] if isinstance(asked, Article) else asked.sources
    return len(_text_of(asked)) + sum(len(source.text) for source in sources)


def _end_with_parent() -> None:
    """End this process when its parent is gone, even if killed: a worker without a parent would wait forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _where(error: Exception) -> str:
    """Return an error's type and the line that raised it, without its message."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, {os.path.basename(frame.filename)} line {frame.lineno}"  # noqa: PTH119  a name, no file
