/** Nesting: a paraphrase and the quoted words in it are one utterance, with one tag, counted once. */

/** The paraphrase of the same speaker that holds a quote, out of those that cover the same words, the outermost first; else the quote. */
export function holderOf(quote, covering) {
  return covering.find((outer) => isHeldBy(quote, outer)) ?? quote;
}

/** The quotes that count: every one but paraphrases that hold another of these. */
export function countable(quotes) {
  const paraphrases = quotes.filter((quote) => quote.kind === "indirect");
  const holding = paraphrases.filter((outer) => quotes.some((inner) => covers(outer, inner) && isHeldBy(inner, outer)));
  return holding.length ? quotes.filter((quote) => !holding.includes(quote)) : quotes;
}

/** The quotes whose words count: every one but those inside a paraphrase of the same speaker. */
export function outermost(quotes) {
  const paraphrases = quotes.filter((quote) => quote.kind === "indirect");
  return quotes.filter((inner) => !paraphrases.some((outer) => covers(outer, inner) && isHeldBy(inner, outer)));
}

const isHeldBy = (inner, outer) =>
  outer.kind === "indirect" && inner.kind !== "other" && outer.speaker?.id === inner.speaker?.id && lengthOf(outer) > lengthOf(inner);

const lengthOf = ({ start, end }) => end - start;

const covers = (outer, inner) => inner.spans.every(({ start, end }) => outer.spans.some((span) => span.start <= start && end <= span.end));
