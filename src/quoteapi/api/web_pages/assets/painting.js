/** Painting: an article's marks in their speakers' colours, each with a tag that says whose it is. */

import { makeButton } from "./article.js";
import { holderOf } from "./nesting.js";
import { voiceIdOf } from "./voices.js";

/**
 * Colours every mark by its innermost quote that is shown, and names the doubtful ones; the others become plain text.
 *
 * A paraphrase and the quoted words in it have one tag, behind the last of them.
 */
export function paint(article, voices, { isShown, isDoubtful }) {
  const tags = new Map();
  for (const { mark, over } of article.marks) {
    const shown = over.filter(isShown);
    const quote = shown.at(-1);
    mark.className = "";
    delete mark.dataset.tag;
    const own = over.at(-1);
    if (mark.dataset.own) makeButton(mark, isShown(own) ? `${said(own, isDoubtful)}: ${own.text}` : null);
    mark.dataset.quote = (quote ?? own).id;
    if (quote === undefined) continue;
    mark.className = `quote ${quote.kind} ${voices.get(voiceIdOf(quote))?.colour ?? "voice-none"}`;
    const holder = holderOf(quote, shown);
    if (shown.length > 1 && holder === quote) mark.classList.add("inner");
    if (isDoubtful(quote)) mark.classList.add("doubtful");
    tags.set(holder, { mark, quotes: [...(tags.get(holder)?.quotes ?? []), quote] });
  }
  for (const { mark, quotes } of tags.values()) mark.dataset.tag = tagOf(quotes, voices, isDoubtful);
}

function tagOf(quotes, voices, isDoubtful) {
  const [{ kind, speaker }] = quotes;
  if (kind === "other") return "not speech";
  const initials = speaker === null ? "nobody named" : voices.get(speaker.id).initials;
  const paraphrase = quotes.every((quote) => quote.kind === "indirect");
  return [initials, paraphrase && "paraphrase", quotes.some(isDoubtful) && "doubtful"].filter(Boolean).join(" · ");
}

function said(quote, isDoubtful) {
  if (quote.kind === "other") return "Not speech";
  return [quote.speaker?.name ?? "Nobody named", quote.kind === "indirect" && "paraphrase", isDoubtful(quote) && "doubtful"].filter(Boolean).join(", ");
}
