/** Statuses: what can come of a quote, and how this page calls it: a sign, a name and what it means, never a colour alone. */

/** By the API's names, in the order in which they are told. */
export const STATUSES = {
  exact: { sign: "✓", name: "exact", meaning: "the source has these words" },
  styled: { sign: "≈", name: "styled", meaning: "the same words in another house style" },
  altered: { sign: "≠", name: "altered", meaning: "other words, capitals or punctuation" },
  spliced: { sign: "+", name: "spliced", meaning: "passages that are not adjacent, quoted as one" },
  absent: { sign: "✕", name: "absent", meaning: "no source has it" },
};
/** What the API's kinds of changes are called on this page. */
export const CHANGES = { dropped: "Left out", added: "Added", replaced: "Changed" };
/** Flags of changes that may reverse a meaning. */
const GRAVE = new Set(["negation", "number", "name"]);

/** Whether a flag is of those that may reverse a meaning. */
export const isGrave = (flag) => GRAVE.has(flag);

/** Whether a quote's words are the source's. */
export const holds = ({ status }) => status === "exact" || status === "styled";

/** Whether the source has another speaker. */
export const isOthers = ({ speaker }) => speaker.status === "different";

/** Whether somebody should look at a quote. */
export const isProblem = (quote) => !holds(quote) || isOthers(quote);

/** The grave flags of a quote, each once. */
export const graveFlags = (quote) => [...new Set(quote.changes.flatMap((change) => change.flags))].filter(isGrave);

/** What is said of a quote in a few words: its status, grave flags, and another speaker. */
export const verdict = (quote) => [STATUSES[quote.status].name, ...graveFlags(quote), isOthers(quote) && "other speaker"].filter(Boolean);

/** How many of the quotes hold, in a sentence without its full stop. */
export function summaryOf(quotes) {
  if (!quotes.length) return "No quotes in the draft";
  const holding = quotes.filter(holds).length;
  const all = quotes.length;
  if (all === 1) return holding ? "The one quote holds" : "The one quote does not hold";
  if (holding === all) return `All ${all} quotes hold`;
  if (holding === 0) return `None of the ${all} quotes holds`;
  return `${holding} of ${all} quotes ${holding === 1 ? "holds" : "hold"}, ${all - holding} ${all - holding === 1 ? "does" : "do"} not`;
}

/** A second sentence about quotes whose speaker is another one in the source; empty where there are none. */
export function othersOf(quotes) {
  const others = quotes.filter(isOthers).length;
  if (!others) return "";
  return others === 1 ? "One quote has another speaker in its source." : `${others} quotes have other speakers in their sources.`;
}

/** When words are said: whole seconds that hold them, as players show them. */
export function timeOf({ start, end }) {
  const [from, to] = [Math.floor(start), Math.ceil(end)].map((seconds) => {
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const rest = String(seconds % 60).padStart(2, "0");
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  });
  return `${from}–${to}`;
}

/** Words as a sentence begins. */
export const capital = (words) => words[0].toUpperCase() + words.slice(1);
