/** Highlights: words that differ, marked in a text without touching it, where the browser can; the finding lists them in any case. */

import { isGrave } from "./statuses.js";

/** Marks stretches of a text, each with its change, under a name; those with a grave flag under `NAME-grave`. */
export function highlight(name, article, changed) {
  if (!globalThis.CSS?.highlights) return;
  for (const [look, grave] of [[name, false], [`${name}-grave`, true]]) {
    const ranges = changed.filter(([, { flags }]) => flags.some(isGrave) === grave).map(([span]) => article.rangeOf(span));
    if (ranges.length) CSS.highlights.set(look, new Highlight(...ranges));
    else CSS.highlights.delete(look);
  }
}
