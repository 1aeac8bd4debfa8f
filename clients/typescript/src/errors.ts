/**
 * Everything that a client throws, with the same names as in the Python client. `url` is the address of the request, `cause` the underlying
 * error.
 *
 *     ClientError
 *     ├── UnreachableError         no connection after the last try; nothing was sent
 *     ├── NoAnswerError            the connection broke, or no answer came before the deadline
 *     ├── BrokenAnswerError        the answer is not one of this service
 *     └── ProblemError             the service answered with a problem (RFC 9457)
 *         ├── ArticleError         this article cannot be answered: 400, 413, 422, fatal-article, too-slow
 *         ├── UnauthorizedError    401: the key is missing or wrong
 *         └── BusyError            429 or 503, after the last try
 */

import type { components } from "./schema.js";

export type Problem = components["schemas"]["Problem"];

const ARTICLE = [400, 413, 422];
const FATAL = ["/fatal-article", "/too-slow"];
const BUSY = [429, 503];

/** What Node's fetch tells where no connection was made, so that nothing was sent; browsers do not tell. */
const UNCONNECTED = new Set(["ECONNREFUSED", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT"]);

export class ClientError extends Error {
  override readonly name: string = "ClientError";
  readonly url: string;

  constructor(message: string, url: string, options?: ErrorOptions) {
    super(message, options);
    this.url = url;
  }
}

/** There is no connection to the service; nothing was sent. */
export class UnreachableError extends ClientError {
  override readonly name = "UnreachableError";
}

/** The connection broke, or no answer came before the deadline; the article may have been sent. */
export class NoAnswerError extends ClientError {
  override readonly name = "NoAnswerError";
}

/** The answer is not one of this service. */
export class BrokenAnswerError extends ClientError {
  override readonly name = "BrokenAnswerError";
}

/** The service answered with a problem (RFC 9457). If a proxy answered, `type` is `about:blank`. */
export class ProblemError extends ClientError {
  override readonly name: string = "ProblemError";
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly components["schemas"]["ProblemError"][];
  /** Seconds after which to send the request again; null if the answer does not say. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, url: string, retryAfter: number | null = null) {
    const more = (problem.errors ?? []).map(({ pointer, detail }) => `; ${pointer}: ${detail}`).join("");
    super(`${problem.status} ${problem.title}: ${problem.detail}${more} (${url})`, url);
    this.type = problem.type;
    this.title = problem.title;
    this.status = problem.status;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** This article cannot be answered. Sending it again unchanged will not help. */
export class ArticleError extends ProblemError {
  override readonly name = "ArticleError";
}

/** The API key is missing or unknown. */
export class UnauthorizedError extends ProblemError {
  override readonly name = "UnauthorizedError";
}

/** After the last try, the service was still busy, or the caller still over its rate. */
export class BusyError extends ProblemError {
  override readonly name = "BusyError";
}

/** The error for a refusal. */
export function problemIn(body: unknown, response: Response, url: string): ProblemError {
  const { status, statusText } = response;
  const problem: Problem =
    typeof body === "object" && body !== null && "type" in body && "title" in body && "detail" in body
      ? { errors: [], ...(body as Problem) }
      : { type: "about:blank", title: statusText || "An answer", status, detail: "The answer says no more.", errors: [] };
  const given = [problem, url, secondsUntil(response.headers.get("Retry-After"))] as const;
  if (BUSY.includes(status)) return new BusyError(...given);
  if (status === 401) return new UnauthorizedError(...given);
  return ARTICLE.includes(status) || FATAL.some((end) => problem.type.endsWith(end)) ? new ArticleError(...given) : new ProblemError(...given);
}

/** The error where there is no answer at all. */
export function failureOf(cause: unknown, url: string): ClientError {
  const { name, message } = cause as Error;
  if (name === "TimeoutError") return new NoAnswerError(`${url} did not answer before the deadline.`, url, { cause });
  if (isUnconnected(cause)) return new UnreachableError(`No connection to ${url} (${codeOf(cause)}): is the service running there?`, url, { cause });
  return new NoAnswerError(`The connection to ${url} broke before the answer arrived (${codeOf(cause) || message}).`, url, { cause });
}

/** Whether nothing was sent, as far as the platform tells. */
export function isUnconnected(error: unknown): boolean {
  return UNCONNECTED.has(codeOf(error));
}

/** A `Retry-After` in seconds, given as such or as a date; null where it is neither. */
export function secondsUntil(value: string | null): number | null {
  if (value === null) return null;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

function codeOf(error: unknown): string {
  return ((error as Error).cause as { code?: string } | undefined)?.code ?? "";
}
