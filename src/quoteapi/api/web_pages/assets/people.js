/** People: the list of speakers beside the article; choosing some of them shows their quotes alone. */

import { element, fill } from "./dom.js";
import { counted, countedSpeech } from "./voices.js";

/** Fills the list. `onChoice` is told the chosen ids whenever they change; the empty set stands for everybody. */
export function showPeople(list, voices, onChoice) {
  const chosen = new Set();
  const most = Math.max(1, ...[...voices.values()].map((voice) => voice.words));
  const cards = [...voices.values()].map((voice) => {
    const card = element("button", { type: "button", class: `person ${voice.colour}`, "aria-pressed": "false", "data-speaker": voice.id ?? "nobody" },
      element("span", { class: "badge", "aria-hidden": "true" }, voice.initials),
      element("span", { class: "who" },
        element("bdi", { class: "name" }, voice.name),
        voice.role && element("span", { class: "role" }, voice.role),
        element("span", { class: "figures" }, [voice.type, ...countedSpeech(voice.quotes, voice.paraphrases), counted(voice.words, "word")].filter(Boolean).join(" · ")),
        element("meter", { "aria-hidden": "true", max: most, value: voice.words })));
    card.addEventListener("click", () => {
      if (!chosen.delete(voice.id)) chosen.add(voice.id);
      card.setAttribute("aria-pressed", String(chosen.has(voice.id)));
      onChoice(chosen);
    });
    return element("li", {}, card);
  });
  fill(list, ...cards);
}

/** The card of a quote's speaker in the list. */
export const cardOf = (list, speakerId) => list.querySelector(`[data-speaker="${CSS.escape(speakerId)}"]`);
