/** Segments: an article cut wherever a quote or a paragraph begins or ends. Offsets count UTF-16 units, half-open. */

const GAP = /\n\s*\n\s*/g;

/** The paragraphs of a text in reading order, the white space between them left out. */
export function paragraphsOf(text) {
  const paragraphs = [];
  let start = 0;
  for (const gap of text.matchAll(GAP)) {
    if (gap.index > start) paragraphs.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  if (start < text.length) paragraphs.push({ start, end: text.length });
  return paragraphs;
}

/**
 * The stretches of a text in reading order, each with the quotes that cover it, the outermost first.
 *
 * One pass over the sorted boundaries; what lies between paragraphs is in no stretch.
 */
export function segmentsOf(paragraphs, quotes) {
  const opening = quotes.flatMap((quote) => quote.spans.map(({ start, end }) => ({ start, end, quote })));
  opening.sort((one, other) => one.start - other.start || other.end - one.end);
  const cuts = [...new Set([...paragraphs, ...opening].flatMap(({ start, end }) => [start, end]))].sort((one, other) => one - other);
  const segments = [];
  let open = [];
  let next = 0;
  let paragraph = 0;
  for (let index = 0; index + 1 < cuts.length; index++) {
    const [start, end] = [cuts[index], cuts[index + 1]];
    open = open.filter((span) => span.end > start);
    while (next < opening.length && opening[next].start <= start) open.push(opening[next++]);
    while (paragraph < paragraphs.length && paragraphs[paragraph].end <= start) paragraph++;
    if (paragraph < paragraphs.length && paragraphs[paragraph].start <= start) {
      segments.push({ start, end, paragraph, quotes: open.map((span) => span.quote) });
    }
  }
  return segments;
}
