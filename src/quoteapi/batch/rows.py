"""Rows: an answer as rows of a table, nested or flat, and the types of such tables.

One row per article holds the whole answer; a row per quote or speaker is flat and has the article's id, so that tables can be joined. The
ids of quotes and speakers are prefixed with the article's id, which makes them unique in the table.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeVar, get_args

import msgspec
from msgspec import Struct, inspect

from quoteapi.batch.arrow import arrow
from quoteapi.batch.carried_columns import CARRIED, CarryingAnswer, flat, unique_name
from quoteapi.exports.spreadsheet import csv_of
from quoteapi.structs import Answer, Kind, Modality, OffsetUnit, Pronoun, Quote, Range, Reason, Speaker, SpeakerType, Stance, Status

Shape = Literal["answers", "quotes", "speakers"]
"""What a row stands for."""
SHAPES: tuple[Shape, ...] = get_args(Shape)


class QuoteRow(Struct, frozen=True):
    """A quote and the details of its speaker; offsets count in the article's `offset_unit`."""

    article_id: str | None
    quote_id: str
    kind: Kind
    modality: Modality
    stance: Stance
    reason: Reason | None
    text: str
    start: int
    end: int
    offset_unit: OffsetUnit
    speaker_id: str | None
    speaker: str | None
    speaker_type: SpeakerType | None
    speaker_pronoun: Pronoun | None
    speaker_same_as: str | None
    speaker_role: str | None
    mention: str | None
    cue: str | None
    cue_lemma: str | None
    addressee: str | None
    within: str | None
    confidence: float
    method: str
    context_start: int
    context_end: int
    spans: list[Range]
    path: str | None


class SpeakerRow(Struct, frozen=True):
    """A speaker of an article, with the most informative role and its parts."""

    article_id: str | None
    speaker_id: str
    name: str
    type: SpeakerType
    pronoun: Pronoun | None
    same_as: str | None
    role: str | None
    title: str | None
    organization: str | None
    status: Status | None
    party: str | None
    constituency: str | None
    roles: list[str]
    mentions: list[str]
    quotes: list[str]


_ROWS: dict[Shape, type[Struct]] = {"answers": Answer, "quotes": QuoteRow, "speakers": SpeakerRow}
T = TypeVar("T")


def rows_of(answer: Answer, shape: Shape) -> list[dict[str, Any]]:
    """The rows of an answer, in its order; optional fields that were not requested are left out (null in a table).

    Carried columns come last, under the names that `carried_names` gives them.
    """
    rows: list[dict[str, Any]] = msgspec.to_builtins(_structs(answer, shape))
    if not isinstance(answer, CarryingAnswer):
        return rows
    carried = dict(zip(carried_names(answer.carried, shape), answer.carried.values(), strict=True))
    return [{name: value for name, value in row.items() if name != CARRIED} | carried for row in rows]


def carried_names(names: Iterable[str], shape: Shape, *more: str) -> list[str]:
    """The names of carried columns in rows: prefixed with `article_` if the row itself, or `more`, has a column of that name."""
    own = frozenset([*_ROWS[shape].__struct_fields__, *more])
    return [unique_name(name, own) for name in names]


def schema_of(shape: Shape) -> Any:  # noqa: ANN401  pyarrow has no types
    """The pyarrow schema of a table of such rows.

    Raises:
        ExtraMissingError: pyarrow is not installed.
    """
    (row,) = inspect.multi_type_info([_ROWS[shape]])
    return arrow().schema(list(_arrow_type(row)))


def json_lines(answer: bytes, shape: Shape) -> bytes:
    """The rows of an answer as JSON lines."""
    if shape == "answers":
        return flat(answer) + b"\n"
    return msgspec.json.Encoder().encode_lines(rows_of(msgspec.json.decode(answer, type=CarryingAnswer), shape))


def csv_names(shape: Shape, carried: Sequence[str] | None = ()) -> bytes:
    """The CSV header; carried columns come last, or a single column for all of them if they are not known (None)."""
    return csv_of([[*_ROWS[shape].__struct_fields__, *([CARRIED] if carried is None else carried_names(carried, shape))]])


def csv_lines(answer: bytes, shape: Shape, carried: Sequence[str] | None = ()) -> bytes:
    """The rows of an answer as CSV; lists and objects are written as JSON in their cells."""
    read = msgspec.json.decode(answer, type=CarryingAnswer)
    beside = [read.carried or None] if carried is None else [read.carried.get(name) for name in carried]
    rows = rows_of(msgspec.structs.replace(read, carried={}), shape)
    return csv_of([[_cell(value) for value in (*row.values(), *beside)] for row in rows])


def _structs(answer: Answer, shape: Shape) -> list[Struct]:
    match shape:
        case "quotes":
            speakers = {speaker.id: speaker for speaker in answer.speakers}
            return [_quote_row(answer, quote, speakers) for quote in answer.quotes]
        case "speakers":
            return [_speaker_row(answer, speaker) for speaker in answer.speakers]
        case "answers":
            return [answer]


def _quote_row(answer: Answer, quote: Quote, speakers: dict[str, Speaker]) -> QuoteRow:
    brief = quote.speaker
    speaker = speakers.get(brief.id) if brief else None
    return QuoteRow(
        article_id=answer.id,
        quote_id=_in_archive(answer, quote.id),
        kind=quote.kind,
        modality=quote.modality,
        stance=quote.stance,
        reason=quote.reason or None,
        text=quote.text,
        start=quote.start,
        end=quote.end,
        offset_unit=answer.offset_unit,
        speaker_id=_in_archive(answer, brief.id) if brief else None,
        speaker=brief.name if brief else None,
        speaker_type=speaker.type if speaker else None,
        speaker_pronoun=speaker.pronoun if speaker else None,
        speaker_same_as=speaker.same_as if speaker else None,
        speaker_role=brief.role if brief else None,
        mention=quote.mention.text if quote.mention else None,
        cue=quote.cue.text if quote.cue else None,
        cue_lemma=quote.cue.lemma if quote.cue else None,
        addressee=quote.addressee.text if quote.addressee else None,
        within=_in_archive(answer, quote.within) if quote.within else None,
        confidence=quote.confidence,
        method=quote.evidence.method,
        context_start=quote.context.start,
        context_end=quote.context.end,
        spans=[Range(span.start, span.end) for span in quote.spans],
        path=quote.path or None,
    )


def _speaker_row(answer: Answer, speaker: Speaker) -> SpeakerRow:
    role = speaker.role
    return SpeakerRow(
        article_id=answer.id,
        speaker_id=_in_archive(answer, speaker.id),
        name=speaker.name,
        type=speaker.type,
        pronoun=speaker.pronoun,
        same_as=speaker.same_as,
        role=role.text if role else None,
        title=role.title if role else None,
        organization=role.organization if role else None,
        status=role.status if role else None,
        party=role.party if role else None,
        constituency=role.constituency if role else None,
        roles=[each.text for each in speaker.roles],
        mentions=[mention.text for mention in speaker.mentions],
        quotes=[_in_archive(answer, quote) for quote in speaker.quotes],
    )


def _in_archive(answer: Answer, identity: str) -> str:
    """An id that is unique in its article, prefixed with the article's id to be unique among the rows of many."""
    return identity if answer.id is None else f"{answer.id}/{identity}"


def _cell(value: object) -> object:
    return msgspec.json.encode(value).decode() if isinstance(value, list | dict | bool) else value


def _arrow_type(kind: inspect.Type) -> Any:  # noqa: ANN401  pyarrow has no types
    """The pyarrow type for a type of a struct's field; columns of every type may hold nulls."""
    pa = arrow()
    match kind:
        case inspect.Metadata():
            return _arrow_type(kind.type)
        case inspect.StructType():
            return pa.struct([pa.field(field.encode_name, _arrow_type(field.type)) for field in kind.fields])
        case inspect.ListType():
            return pa.list_(_arrow_type(kind.item_type))
        case inspect.UnionType():
            (something,) = (each for each in kind.types if not isinstance(each, inspect.NoneType))
            return _arrow_type(something)
        case _:  # a Literal has only strings
            return {inspect.IntType: pa.int64(), inspect.FloatType: pa.float64()}.get(type(kind), pa.string())
