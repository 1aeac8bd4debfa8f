"""Kinds of problem: everything that can go wrong with a request, each with a stable URI, in the words of the page behind it."""

from msgspec import Struct


class ProblemKind(Struct, frozen=True):
    """A kind of problem: what its `type` URI stands for."""

    name: str
    status: int
    title: str
    meaning: str
    """What it comes down to, in a sentence: the detail where there is nothing better to say."""
    when: str
    """When it happens."""
    remedy: str
    """What to do about it."""

    @property
    def uri(self) -> str:
        """The problem's `type`: a reference relative to this server, where it is described."""
        return f"/problems/{self.name}"


BAD_REQUEST = ProblemKind(
    "bad-request", 400, "Bad request", "The HTTP request itself is malformed.",
    when="What arrived is not HTTP as RFC 9112 has it, or the connection ended before the body did.",
    remedy="Send the request with an HTTP library instead of by hand, and keep the connection open until the answer is there.",
)  # fmt: skip
NOT_JSON = ProblemKind(
    "not-json", 400, "Invalid JSON", "Send one JSON object.",
    when="The content type is application/json and the body is empty, is cut off, or is no JSON; the detail names the byte.",
    remedy="Let a JSON library write the body, since quotation marks and line breaks have to be escaped. Send bare text as text/plain.",
)  # fmt: skip
NOT_UTF8 = ProblemKind(
    "not-utf8", 400, "Invalid UTF-8", "Send the body in UTF-8.",
    when="The body holds bytes that are no UTF-8, as text in Latin-1 or Windows-1252 does; the detail names the first one.",
    remedy="Decode the text with the encoding that it has, and encode it as UTF-8.",
)  # fmt: skip
TOO_DEEP = ProblemKind(
    "nesting-too-deep", 400, "Nesting too deep", "Nothing that is asked for nests deeper than three levels.",
    when="Arrays or objects stand in each other by the hundred.",
    remedy="Send an object of the shape that the OpenAPI document describes under Article.",
)  # fmt: skip
UNAUTHORIZED = ProblemKind(
    "unauthorized", 401, "API key required", "Send a key that the operator gave you: Authorization: Bearer …, or X-API-Key: ….",
    when="The operator of the service has set API keys, and the request has none, or one that is not among them.",
    remedy="Ask the operator for a key, and send it in either header with every request. A key that worked before may have been replaced.",
)  # fmt: skip
NOT_FOUND = ProblemKind(
    "not-found", 404, "Not found", "See /schema for the routes.",
    when="No route has this path.",
    remedy="Look the path up at /schema; paths end without a slash.",
)  # fmt: skip
WRONG_METHOD = ProblemKind(
    "method-not-allowed", 405, "Method not allowed", "The header Allow names the methods.",
    when="The path is right and the method is not: articles are sent with POST, everything else is read with GET.",
    remedy="Use a method that the header Allow names.",
)  # fmt: skip
NOT_ACCEPTABLE = ProblemKind(
    "not-acceptable", 406, "Not acceptable", "Accept application/json, or another form that the detail names.",
    when="The header Accept names media types alone that an answer cannot be given as, or rules out those that it can, with q=0.",
    remedy="Leave the header out for JSON, or accept application/json, application/ld+json, text/csv, text/markdown or text/html.",
)  # fmt: skip
REQUEST_TOO_SLOW = ProblemKind(
    "request-too-slow", 408, "Request timeout", "Send the whole request faster, or less of it.",
    when="The body did not arrive within the seconds that QUOTEAPI_BODY_TIMEOUT gives it. The connection is closed.",
    remedy="Have the whole body ready before the request is started. Over a slow line, the operator can raise the setting.",
)  # fmt: skip
BODY_TOO_LARGE = ProblemKind(
    "body-too-large", 413, "Body too large", "Send fewer bytes, or raise QUOTEAPI_MAX_BODY_SIZE.",
    when="The body has more bytes than QUOTEAPI_MAX_BODY_SIZE, whether its length is announced or it comes in chunks.",
    remedy="Send the article alone, without its page or images, and fewer people. The operator can raise the setting.",
)  # fmt: skip
TEXT_TOO_LONG = ProblemKind(
    "text-too-long", 413, "Text too long", "Split the text, or raise QUOTEAPI_MAX_TEXT_LENGTH.",
    when="The text has more characters (code points, not bytes) than QUOTEAPI_MAX_TEXT_LENGTH.",
    remedy="Split the text between paragraphs; names are looked for in each part alone. The operator can raise the setting.",
)  # fmt: skip
UNSUPPORTED_MEDIA = ProblemKind(
    "unsupported-media-type", 415, "Unsupported media type", "Send application/json or text/plain, in UTF-8, or text/html.",
    when="The header Content-Type is missing or names another type or charset, or the body is compressed.",
    remedy="Set Content-Type to one that the answer's header Accept names, and leave Content-Encoding out.",
)  # fmt: skip
WRONG_SHAPE = ProblemKind(
    "wrong-shape", 422, "Invalid request body", "The field errors names every field that is wrong.",
    when="The body is JSON, but a field is missing, unknown, of a wrong type, or too long.",
    remedy="Each entry of errors has a JSON Pointer to a field and says what is wrong there; 20 are told at most.",
)  # fmt: skip
EMPTY_TEXT = ProblemKind(
    "empty-text", 422, "Empty text", "Send a text that is more than white space.",
    when="The text, or the body of text/plain, is empty or holds white space alone.",
    remedy="Look at what the article is taken from: an empty one is nearly always a mistake there. Skip articles without text.",
)  # fmt: skip
HTML_NOT_INSTALLED = ProblemKind(
    "html-not-installed", 415, "HTML not supported", "Send the bare text, or ask the operator to install the extra [html].",
    when="The body is text/html, or JSON with a format of html, and the service lacks the libraries that read pages.",
    remedy="Send the article's bare text. The operator can install the extra: run pip install '.[html]' in the checkout.",
)  # fmt: skip
UNREADABLE_PAGE = ProblemKind(
    "unreadable-page", 422, "Unreadable page", "Send the page of an article, or the article's bare text.",
    when="The HTML has no main text, as where scripts write it, or more elements or attributes than an article, or nests too deep.",
    remedy="Look at the page without scripts: what is missing there is not read. Send the article's bare text instead.",
)  # fmt: skip
UNSUPPORTED_LANGUAGE = ProblemKind(
    "unsupported-language", 422, "Unsupported language", "English is read: en, or a tag such as en-GB.",
    when="The field language has another tag than en or one that begins with en-, or is left out and the text is surely not English.",
    remedy="Send English articles only. Where a text is English after all, a language of en insists. Another language is read badly then.",
)  # fmt: skip
UNSUPPORTED_INCLUDE = ProblemKind(
    "unsupported-include", 422, "Unsupported include", "Leave it out of the field include.",
    when="The field include asks for reported speech, indirect, and the service reads with an encoder that was fitted without it.",
    remedy="Leave it out of include. The operator can have it read by the packaged pipeline, or fit the encoder's part reports.",
)  # fmt: skip
RATE_EXCEEDED = ProblemKind(
    "rate-exceeded", 429, "Too many requests", "Send the request again after Retry-After seconds.",
    when="The caller, a key or an address, has sent more requests in a minute than QUOTEAPI_RATE_LIMIT allows.",
    remedy="Wait for the seconds in Retry-After. The header RateLimit of every answer tells how many requests are left.",
)  # fmt: skip
INTERNAL = ProblemKind(
    "internal-error", 500, "Internal server error", "Our mistake: the same request may well work again later, or never.",
    when="The service met an error that nobody foresaw. Its log has the rest, under the request's id.",
    remedy="Tell the operator the answer's X-Request-ID. Send the request once more at most.",
)  # fmt: skip
FATAL_ARTICLE = ProblemKind(
    "fatal-article", 500, "Worker crashed", "Our mistake, twice in a row: do not send this article again as it is.",
    when="The process that read the article died, and so did the one that tried it again: mostly of too little memory.",
    remedy="Do not send this article again as it is. Give the service more memory, or report the article as a mistake of ours.",
)  # fmt: skip
QUEUE_FULL = ProblemKind(
    "queue-full", 503, "Queue full", "Send the request again after Retry-After seconds.",
    when="As many articles wait as QUOTEAPI_QUEUE_SIZE allows, or a caller with fewer was given this one's place. Nothing of it was read.",
    remedy="Wait for the seconds in Retry-After, in which what waits now should be read, and send it again.",
)  # fmt: skip
WORKERS_DOWN = ProblemKind(
    "workers-down", 503, "Service unavailable", "Send the request again after Retry-After seconds.",
    when="The service is starting or stopping, or its engines cannot be loaded; the detail says which.",
    remedy="Wait for the seconds in Retry-After. Where it stays so, the operator finds the reason in the log and at /health/ready.",
)  # fmt: skip
TOO_SLOW = ProblemKind(
    "too-slow", 504, "Article timed out", "Shorten it, or raise QUOTEAPI_TIME_LIMIT.",
    when="Reading took more seconds than QUOTEAPI_TIME_LIMIT and what the length adds; the article's worker was stopped and replaced.",
    remedy="Split the article between paragraphs; the same text would take as long again. The operator can raise the setting.",
)  # fmt: skip
ANSWERS_UNREAD = ProblemKind(
    "answers-unread", 507, "Too many unread answers", "Read answers while you send lines, or send fewer lines in a request.",
    when="A stream has as many answers waiting as QUOTEAPI_STREAM_SPOOL allows, and none was taken for QUOTEAPI_BODY_TIMEOUT seconds.",
    remedy="Send on from the line that is named. Read answers while you send lines, or send fewer lines in a request.",
)  # fmt: skip

KINDS = {
    kind.name: kind
    for kind in (
        BAD_REQUEST, NOT_JSON, NOT_UTF8, TOO_DEEP, UNAUTHORIZED, NOT_FOUND, WRONG_METHOD, NOT_ACCEPTABLE, REQUEST_TOO_SLOW, BODY_TOO_LARGE,
        TEXT_TOO_LONG, UNSUPPORTED_MEDIA, HTML_NOT_INSTALLED, WRONG_SHAPE, EMPTY_TEXT, UNREADABLE_PAGE, UNSUPPORTED_INCLUDE,
        UNSUPPORTED_LANGUAGE, RATE_EXCEEDED, INTERNAL, FATAL_ARTICLE, QUEUE_FULL, WORKERS_DOWN, TOO_SLOW, ANSWERS_UNREAD,
    )
}  # fmt: skip
"""Every kind by its name."""
