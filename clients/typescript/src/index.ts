/** A client of quoteapi's HTTP API; its types are generated from the OpenAPI document (`npm run generate`). */

import createClient from "openapi-fetch";
import { sender } from "./sending.js";
import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];
export type Article = Schemas["Article"];
export type Answer = Schemas["Answer"];
export type Quote = Schemas["Quote"];
export type Speaker = Schemas["Speaker"];
export type Span = Schemas["Span"];
export type Person = Schemas["Person"];
export type Problem = Schemas["Problem"];

export interface ClientOptions {
  /** Where the service is. */
  baseUrl?: string;
  /** Sent as `Authorization: Bearer`, where the service asks for a key. */
  apiKey?: string;
  /** Times that a request is sent at most; 8 unless given. */
  tries?: number;
  /** Milliseconds for all tries and the pauses between them; twenty minutes unless given. */
  deadline?: number;
}

/** The service answered with a problem (RFC 9457); from something in between, `type` is `about:blank`. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly Schemas["ProblemError"][];

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.type = problem.type;
    this.title = problem.title;
    this.status = problem.status;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
  }
}

export class Client {
  readonly #api;

  constructor({ baseUrl = "http://127.0.0.1:8000", apiKey, tries = 8, deadline = 1_200_000 }: ClientOptions = {}) {
    this.#api = createClient<paths, "application/json">({
      baseUrl,
      headers: { Accept: "application/json", ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }) },
      fetch: sender(tries, deadline),
    });
  }

  /**
   * Who said what in an article, and who they are. Offsets count UTF-16 units unless another `offset_unit` is asked for, so that
   * `text.slice(span.start, span.end)` is `span.text`.
   *
   * A request for which there is no room (429, 503), or which finds no connection, is sent again, when `Retry-After` says where it is
   * there.
   *
   * @throws {ProblemError} The service refuses the article, or has no room after the last try.
   * @throws {TypeError} fetch found no service, or lost the connection; what was sent is not sent again.
   * @throws {DOMException} `TimeoutError` after the deadline, `AbortError` where `signal` says so.
   */
  async quotes(article: Article, { signal }: { signal?: AbortSignal } = {}): Promise<Answer> {
    const body: Article = { offset_unit: "utf16", ...article };
    const { data, error, response } = await this.#api.POST("/quotes", { body, parseAs: "text", signal: signal ?? null });
    if (!response.ok) {
      throw new ProblemError(problemIn(error, response));
    }
    try {
      return JSON.parse(data as string) as Answer;
    } catch (cause) {
      throw new TypeError("This is not the answer of a quoteapi service: its body is not JSON.", { cause });
    }
  }

  /** Whether the service is there and would read an article now. */
  async ready(): Promise<boolean> {
    try {
      const { response } = await this.#api.GET("/health/ready", { parseAs: "text", fetch: globalThis.fetch });
      return response.ok;
    } catch {
      return false;
    }
  }
}

/** The problem in a refusal's body, or one that stands for it. */
function problemIn(body: unknown, { status, statusText }: Response): Problem {
  if (typeof body === "object" && body !== null && "type" in body && "title" in body && "detail" in body) {
    return { errors: [], ...(body as Problem) };
  }
  return { type: "about:blank", title: statusText || "An answer", status, detail: "The answer says no more.", errors: [] };
}
