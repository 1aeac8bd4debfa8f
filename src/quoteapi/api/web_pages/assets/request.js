/** The request: texts posted to this server, and what comes back, an answer or a problem (RFC 9457). */

/** Where requests are posted: beside this page, wherever a proxy puts it. */
export const addressOf = (path) => new URL(path, document.baseURI).href;

/** The API key, where one was asked for: kept here, as long as the page is open, and nowhere else. */
let key = "";

/** Keep a key for the requests that follow. */
export function useKey(value) {
  key = value;
}

/** Whether requests carry a key. */
export const hasKey = () => key !== "";

/** Why there is no answer, in words for the reader. `retryAfter` counts seconds; null where waiting does not help. */
export class Problem extends Error {
  constructor({ title, detail, status = 0, type = null, errors = [], retryAfter = null }) {
    super(detail);
    Object.assign(this, { title, detail, status, type, errors, retryAfter });
  }
}

/** The request for an article: offsets count UTF-16 units, as this language's strings do. A language is named where the reader insists on it. */
export const requestFor = (text, include, language) => ({
  text,
  offset_unit: "utf16",
  ...(include.length ? { include } : {}),
  ...(language ? { language } : {}),
});

/** The request for a verification. A draft's language is named where the reader insists on it. */
export const verificationFor = (draft, sources, language) => ({ draft: language ? { ...draft, language } : draft, sources, offset_unit: "utf16" });

/**
 * The answer to a request to a path, as text in the format that is asked for.
 *
 * Throws a Problem where there is none, an AbortError where the signal ended it.
 */
export async function post(path, request, { accept = "application/json", signal } = {}) {
  const headers = { "Content-Type": "application/json", Accept: accept };
  if (key) headers.Authorization = `Bearer ${key}`;
  let response, body;
  try {
    response = await fetch(addressOf(path), { method: "POST", headers, body: JSON.stringify(request), signal });
    body = await response.text();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    const detail = "The server cannot be reached, or the connection broke. See whether it runs, then try again.";
    throw new Problem({ title: "No answer", detail, retryAfter: 0 });
  }
  const sent = (response.headers.get("content-type") ?? "").split(";")[0].trim();
  if (!response.ok) throw problemOf(response, sent, body);
  if (sent !== accept) {
    const detail = `${accept} was asked for and ${sent || "no content type"} came back: this server does not write that format.`;
    throw new Problem({ title: "Another format came back", detail, status: response.status });
  }
  return body;
}

function problemOf(response, contentType, body) {
  const { status } = response;
  const retryAfter = secondsUntil(response.headers.get("retry-after"));
  if (contentType === "application/problem+json") {
    try {
      return new Problem({ ...JSON.parse(body), status, retryAfter });
    } catch {
      // cut short on its way: told as any other answer that is no problem
    }
  }
  return new Problem({ title: `The server answered ${status}`, detail: "It gave no reason. A proxy may stand in between.", status, retryAfter });
}

/** Retry-After in seconds, given as such or as a date; null where there is none. */
function secondsUntil(header) {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, Math.ceil(seconds));
}
