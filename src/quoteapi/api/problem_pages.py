"""Problem pages: what each problem's `type` means, as JSON for programs and as HTML pages for people."""

from typing import Annotated

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import PathParameter
from msgspec import Meta, Struct

from quoteapi.api.content_negotiation import best_of
from quoteapi.api.examples import problem_example
from quoteapi.api.headers import PAGE_POLICY
from quoteapi.api.openapi_document import PageOperation, documented, documented_problems
from quoteapi.api.problem_kinds import EMPTY_TEXT, KINDS, ProblemKind
from quoteapi.exports.pages import templates

_PROVIDED = ("application/json", "text/html")


class ProblemDescription(Struct, frozen=True):
    """A kind of problem, described."""

    type: Annotated[str, Meta(description="The `type` of such a problem.", examples=["/problems/empty-text"])]
    title: Annotated[str, Meta(description="The `title` of such a problem.", examples=["Empty text"])]
    status: Annotated[int, Meta(description="The HTTP status.", examples=[422])]
    meaning: Annotated[str, Meta(description="The problem in a sentence.", examples=["Send a text that contains more than white space."])]
    when: Annotated[str, Meta(description="When it occurs.")]
    remedy: Annotated[str, Meta(description="What to do about it.")]


def _described(kind: ProblemKind) -> ProblemDescription:
    return ProblemDescription(type=kind.uri, title=kind.title, status=kind.status, meaning=kind.meaning, when=kind.when, remedy=kind.remedy)


@get(
    "/problems",
    operation_id="listProblems",
    operation_class=PageOperation,
    summary="List the kinds of problem",
    description="Every kind of problem that this service returns; an HTML page if `Accept` asks for `text/html`.",
    tags=["problems"],
    responses={
        200: ResponseSpec(
            data_container=list[ProblemDescription],
            description="The kinds of problem.",
            generate_examples=False,
            examples=[Example(summary="All of them", value=[_described(kind) for kind in KINDS.values()])],
        )
    },
)
async def list_problems(request: Request[None, None, State]) -> Response[bytes]:
    """List the kinds of problem."""
    kinds = KINDS.values()
    return _answered(request, [_described(kind) for kind in kinds], "problems.html", kinds=kinds)


@get(
    "/problems/{name:str}",
    operation_id="describeProblem",
    operation_class=PageOperation,
    summary="Describe a kind of problem",
    description="The meaning of a problem's `type`; an HTML page if `Accept` asks for `text/html`.",
    tags=["problems"],
    responses={200: documented(_described(EMPTY_TEXT), "The kind of problem."), **documented_problems(404)},
)
async def describe_problem(
    request: Request[None, None, State],
    name: Annotated[str, PathParameter(description="The last part of a problem's `type`.", examples=[Example(value="empty-text")])],
) -> Response[bytes]:
    """Describe a kind of problem."""
    if (kind := KINDS.get(name)) is None:
        raise NotFoundException
    example = msgspec.json.format(msgspec.json.encode(problem_example(kind)), indent=2).decode()
    return _answered(request, _described(kind), "problem.html", kind=kind, example=example)


def _answered(request: Request[None, None, State], described: object, template: str, **shown: object) -> Response[bytes]:
    """Answer with an HTML page if the request prefers one, otherwise with JSON."""
    if best_of(_PROVIDED, request) != "text/html":
        return Response(msgspec.json.encode(described), media_type="application/json")
    page = templates("quoteapi.api").get_template(template).render(shown).encode()
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})
