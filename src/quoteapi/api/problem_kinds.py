"""Kinds of problem: everything that can go wrong with a request, each with a stable URI and the text of the page at that URI."""

from msgspec import Struct


class ProblemKind(Struct, frozen=True):
    """A kind of problem, identified by its `type` URI."""

    name: str
    status: int
    title: str
    meaning: str
    """The problem in a sentence, used as the detail if there is nothing more specific to say."""
    when: str
    """When it happens."""
    remedy: str
    """What to do about it."""

    @property
    def uri(self) -> str:
        """The problem's `type`: a URI reference relative to this server, which describes the problem there."""
        return f"/problems/{self.name}"


BAD_REQUEST = ProblemKind(
    "bad-request", 400, "Bad request", "The HTTP request itself is malformed.",
    when="The request is not valid HTTP (RFC 9112), or the connection ended before the whole body had arrived.",
    remedy="Use an HTTP library, and keep the connection open until the answer has arrived.",
)  # fmt: skip
NOT_JSON = ProblemKind(
    "not-json", 400, "Invalid JSON", "Send one JSON object.",
    when="The content type is application/json, and the body is empty, truncated or not JSON. The detail names the byte.",
    remedy="Write the body with a JSON library: quotation marks and line breaks must be escaped. Or send the bare text as text/plain.",
)  # fmt: skip
NOT_UTF8 = ProblemKind(
    "not-utf8", 400, "Invalid UTF-8", "Send the body in UTF-8.",
    when="The body contains bytes that are not UTF-8, such as text in Latin-1 or Windows-1252. The detail names the first one.",
    remedy="Convert the text from its own encoding to UTF-8.",
)  # fmt: skip
TOO_DEEP = ProblemKind(
    "nesting-too-deep", 400, "Nesting too deep", "A request needs at most three levels of nesting.",
    when="Arrays or objects are nested hundreds of levels deep.",
    remedy="Send an object with the fields that the OpenAPI document lists for the route.",
)  # fmt: skip
UNAUTHORIZED = ProblemKind(
    "unauthorized", 401, "API key required", "Send your API key as Authorization: Bearer … or X-API-Key: ….",
    when="The service requires an API key, and the request has none or an unknown one.",
    remedy="Ask the operator for a key and send it with every request. If a key used to work, it may have been replaced.",
)  # fmt: skip
NOT_FOUND = ProblemKind(
    "not-found", 404, "Not found", "See /schema for the routes.",
    when="No route has this path.",
    remedy="Look up the path at /schema. Paths do not end with a slash.",
)  # fmt: skip
WRONG_METHOD = ProblemKind(
    "method-not-allowed", 405, "Method not allowed", "The Allow header lists the methods of this path.",
    when="The path exists, but not with this method. Send articles with POST; use GET for everything else.",
    remedy="Use a method listed in the Allow header.",
)  # fmt: skip
NOT_ACCEPTABLE = ProblemKind(
    "not-acceptable", 406, "Not acceptable", "Accept application/json or another media type that the detail lists.",
    when="The Accept header lists only media types that the service does not offer, or excludes those that it offers with q=0.",
    remedy="Omit the header to get JSON, or accept application/json, application/ld+json, text/csv, text/markdown or text/html.",
)  # fmt: skip
REQUEST_TOO_SLOW = ProblemKind(
    "request-too-slow", 408, "Request timeout", "Send the whole request faster, or send less.",
    when="The body did not arrive within QUOTEAPI_BODY_TIMEOUT seconds. The connection is closed.",
    remedy="Prepare the whole body before you start the request. For slow connections, the operator can raise the setting.",
)  # fmt: skip
BODY_TOO_LARGE = ProblemKind(
    "body-too-large", 413, "Body too large", "Send fewer bytes, or raise QUOTEAPI_MAX_BODY_SIZE.",
    when="The body has more bytes than QUOTEAPI_MAX_BODY_SIZE, with or without a Content-Length.",
    remedy="Send only the article, without page or images, or send fewer people. The operator can raise the setting.",
)  # fmt: skip
TEXT_TOO_LONG = ProblemKind(
    "text-too-long", 413, "Text too long", "Split the text, or raise QUOTEAPI_MAX_TEXT_LENGTH.",
    when="The text has more characters (code points, not bytes) than QUOTEAPI_MAX_TEXT_LENGTH.",
    remedy="Split the text between paragraphs; each part is then read on its own. The operator can raise the setting.",
)  # fmt: skip
UNSUPPORTED_MEDIA = ProblemKind(
    "unsupported-media-type", 415, "Unsupported media type", "Send application/json or text/plain, in UTF-8, or text/html.",
    when="The Content-Type header is missing or names another type or charset, or the body is compressed.",
    remedy="Set Content-Type to a type listed in the Accept header of the response, and omit Content-Encoding.",
)  # fmt: skip
WRONG_SHAPE = ProblemKind(
    "wrong-shape", 422, "Invalid request body", "The errors list names every wrong field.",
    when="The body is JSON, but a field is missing, unknown, of the wrong type, or too long.",
    remedy="Each entry of errors has a JSON Pointer to a field and says what is wrong with it. At most 20 are listed.",
)  # fmt: skip
EMPTY_TEXT = ProblemKind(
    "empty-text", 422, "Empty text", "Send a text that contains more than white space.",
    when="The text, or a text/plain body, is empty or contains only white space.",
    remedy="Check where the article comes from: an empty text is usually an error there. Skip articles without text.",
)  # fmt: skip
HTML_NOT_INSTALLED = ProblemKind(
    "html-not-installed", 415, "HTML not supported", "Send plain text, or ask the operator to install the extra [html].",
    when="The body is text/html, or JSON with the format html, and the service is installed without the libraries that read pages.",
    remedy="Send the article as plain text. The operator can install the extra: run pip install '.[html]' in the checkout.",
)  # fmt: skip
UNREADABLE_PAGE = ProblemKind(
    "unreadable-page", 422, "Unreadable page", "Send the page of an article, or the article as plain text.",
    when="The page has no main text (scripts may add it later), too many elements or attributes, or is nested too deep.",
    remedy="Open the page with scripts disabled: text missing there cannot be read. Send the article as plain text instead.",
)  # fmt: skip
UNREADABLE_SUBTITLES = ProblemKind(
    "unreadable-subtitles", 422, "Unreadable subtitles", "Send subtitles in SubRip or WebVTT, or their text.",
    when="A draft or source with the format srt or vtt has a broken timing line, or no cue with a text. The detail names the line.",
    remedy="Check that the format is the file's own, repair the line that the detail names, or send the bare text as text.",
)  # fmt: skip
UNSUPPORTED_LANGUAGE = ProblemKind(
    "unsupported-language", 422, "Unsupported language", "Only English is supported: en, or a tag such as en-GB.",
    when="The language is neither en nor a tag such as en-GB, or it is omitted and the text is clearly not English.",
    remedy="Send English articles only. If the text is English after all, set language to en: it is then read as English in any case.",
)  # fmt: skip
UNSUPPORTED_INCLUDE = ProblemKind(
    "unsupported-include", 422, "Unsupported include", "Remove it from include.",
    when="The request includes indirect (reported speech), and the service runs a pipeline whose encoder was trained without it.",
    remedy="Remove it from include. The operator can switch to the packaged pipeline, or train the part reports.",
)  # fmt: skip
RATE_EXCEEDED = ProblemKind(
    "rate-exceeded", 429, "Too many requests", "Send the request again after Retry-After seconds.",
    when="The caller (an API key or an address) has sent more requests in a minute than QUOTEAPI_RATE_LIMIT allows.",
    remedy="Wait for the seconds in Retry-After. The RateLimit header of every response says how many requests are left.",
)  # fmt: skip
INTERNAL = ProblemKind(
    "internal-error", 500, "Internal server error", "This is an error in the service. The same request may or may not work later.",
    when="The service met an unexpected error. Its log has the details under the request's id.",
    remedy="Report the response's X-Request-ID to the operator. Retry at most once.",
)  # fmt: skip
FATAL_ARTICLE = ProblemKind(
    "fatal-article", 500, "Worker crashed", "This article crashed two workers: do not send it again unchanged.",
    when="The worker that read the article crashed, and so did the one that tried again, usually because memory ran out.",
    remedy="Do not send the article again unchanged. Give the service more memory, or report the article as a bug.",
)  # fmt: skip
QUEUE_FULL = ProblemKind(
    "queue-full", 503, "Queue full", "Send the request again after Retry-After seconds.",
    when="QUOTEAPI_QUEUE_SIZE articles are waiting, or a caller with fewer articles took this one's place. The article was not read.",
    remedy="Wait for the seconds in Retry-After, then send the article again.",
)  # fmt: skip
WORKERS_DOWN = ProblemKind(
    "workers-down", 503, "Service unavailable", "Send the request again after Retry-After seconds.",
    when="The service is starting or stopping, or its engines cannot be loaded. The detail says which.",
    remedy="Wait for the seconds in Retry-After. If the problem persists, the operator finds the reason in the log and at /health/ready.",
)  # fmt: skip
TOO_SLOW = ProblemKind(
    "too-slow", 504, "Article timed out", "Shorten the article, or raise QUOTEAPI_TIME_LIMIT.",
    when="Reading took longer than QUOTEAPI_TIME_LIMIT plus the time for its length. The worker was stopped and replaced.",
    remedy="Split the article between paragraphs; the same text would time out again. The operator can raise the setting.",
)  # fmt: skip
ANSWERS_UNREAD = ProblemKind(
    "answers-unread", 507, "Too many unread answers", "Read answers while you send lines, or send fewer lines per request.",
    when="The unread answers of a stream fill QUOTEAPI_STREAM_SPOOL, and none was read for QUOTEAPI_BODY_TIMEOUT seconds.",
    remedy="Continue from the line that is named. Read answers while you send lines, or send fewer lines per request.",
)  # fmt: skip

KINDS = {
    kind.name: kind
    for kind in (
        BAD_REQUEST, NOT_JSON, NOT_UTF8, TOO_DEEP, UNAUTHORIZED, NOT_FOUND, WRONG_METHOD, NOT_ACCEPTABLE, REQUEST_TOO_SLOW, BODY_TOO_LARGE,
        TEXT_TOO_LONG, UNSUPPORTED_MEDIA, HTML_NOT_INSTALLED, WRONG_SHAPE, EMPTY_TEXT, UNREADABLE_PAGE, UNREADABLE_SUBTITLES,
        UNSUPPORTED_INCLUDE, UNSUPPORTED_LANGUAGE, RATE_EXCEEDED, INTERNAL, FATAL_ARTICLE, QUEUE_FULL, WORKERS_DOWN, TOO_SLOW,
        ANSWERS_UNREAD,
    )
}  # fmt: skip
"""Every kind by its name."""
