/** The report: what came of a draft's quotes as plain text, to put into a mail or a ticket. */

import { CHANGES, holds, othersOf, STATUSES, summaryOf, timeOf } from "./statuses.js";

/** The report of a verification; lines end with a line feed. */
export function reportOf({ quotes, sources, engine }) {
  return [
    `${summaryOf(quotes)}. ${othersOf(quotes)}`.trim(),
    `Sources: ${sources.map(({ id }) => id).join(", ")}`,
    "",
    ...quotes.flatMap((quote, index) => [...linesOf(quote, index + 1), ""]),
    `Verified with quoteapi ${engine.version}: words are compared, not their sense.`,
    "",
  ].join("\n");
}

function linesOf(quote, number) {
  const { sign, name } = STATUSES[quote.status];
  const { draft, source, status } = quote.speaker;
  return [
    `${number}. ${sign} ${name.toUpperCase()}${holds(quote) ? "" : `: ${STATUSES[quote.status].meaning}`}`,
    `   Draft: “${quote.text}”${by(draft)}`,
    ...quote.passages.map((passage) => `   Source: “${oneLine(passage.text)}”${by(source)}, ${placeOf(passage)}`),
    quote.nearest && `   Nearest: “${oneLine(quote.nearest.text)}”, ${placeOf(quote.nearest)}`,
    ...quote.changes.map((change) => `   ${lineOf(change)}`),
    status === "different" && "   The source has another speaker.",
  ].filter(Boolean);
}

const by = (name) => (name === null ? "" : ` (${name})`);

const placeOf = ({ id, time }) => (time ? `${id}, ${timeOf(time)}` : id);

const oneLine = (text) => text.replace(/\s+/g, " ");

function lineOf({ kind, draft, source, flags }) {
  const words = [source, draft].filter(Boolean).map(({ text }) => `“${oneLine(text)}”`);
  return `${CHANGES[kind]}: ${words.join(" → ")}${flags.length ? ` [${flags.join(", ")}]` : ""}`;
}
