/** A client of quoteapi's HTTP API; its types are generated from the OpenAPI document (`npm run generate`). */

import createClient from "openapi-fetch";
import { ArticleError, BrokenAnswerError, failureOf, problemIn } from "./errors.js";
import { sender } from "./sending.js";
import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];
export type Article = Schemas["Article"];
export type Answer = Schemas["Answer"];
export type Quote = Schemas["Quote"];
export type Speaker = Schemas["Speaker"];
export type Span = Schemas["Span"];
export type Person = Schemas["Person"];
export type VerificationRequest = Schemas["VerificationRequest"];
export type Verification = Schemas["Verification"];
export type VerifiedQuote = Schemas["VerifiedQuote"];
export type Draft = Schemas["Draft"];
export type Source = Schemas["Source"];
export type { Problem } from "./errors.js";
export {
  ArticleError, BrokenAnswerError, BusyError, ClientError, NoAnswerError, ProblemError, UnauthorizedError, UnreachableError,
} from "./errors.js";

export interface ClientOptions {
  /** Address of the service. */
  baseUrl?: string;
  /** Sent as `Authorization: Bearer`. */
  apiKey?: string;
  /** Maximum number of times that a request is sent; 8 by default. */
  tries?: number;
  /** Milliseconds for all tries, including the pauses; twenty minutes by default. */
  deadline?: number;
}

interface SendOptions {
  parseAs: "text";
  signal: AbortSignal | null;
}

interface Sent {
  data?: unknown;
  error?: unknown;
  response: Response;
}

export class Client {
  readonly #api;
  readonly #url: string;

  constructor({ baseUrl = "http://127.0.0.1:8000", apiKey, tries = 8, deadline = 1_200_000 }: ClientOptions = {}) {
    this.#url = baseUrl.replace(/\/+$/, "");
    this.#api = createClient<paths, "application/json">({
      baseUrl,
      headers: { Accept: "application/json", ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }) },
      fetch: sender(tries, deadline),
    });
  }

  /**
   * Finds the quotes in an article and their speakers. Offsets count UTF-16 units unless you choose another `offset_unit`, so
   * `text.slice(span.start, span.end)` is `span.text`.
   *
   * If the service is busy (429, 503) or there is no connection, the request is sent again: after `Retry-After`, or at growing random
   * intervals.
   *
   * @throws {ClientError} There is no answer; see errors.ts for the subclasses.
   * @throws {DOMException} `AbortError`, if `signal` aborts the call.
   */
  async quotes(article: Article, { signal }: { signal?: AbortSignal } = {}): Promise<Answer> {
    const body = { offset_unit: "utf16", ...article } as const;
    return this.#answered<Answer>("/quotes", signal, (options) => this.#api.POST("/quotes", { body, ...options }));
  }

  /**
   * Checks the quotes of a draft against its sources: whether the words stand there, what differs, and whether the speaker is the same.
   * Offsets, retries and errors are those of `quotes`; an ArticleError is about the draft or a source.
   *
   * @throws {ClientError} There is no answer; see errors.ts for the subclasses.
   * @throws {DOMException} `AbortError`, if `signal` aborts the call.
   */
  async verify(request: VerificationRequest, { signal }: { signal?: AbortSignal } = {}): Promise<Verification> {
    const body = { offset_unit: "utf16", ...request } as const;
    return this.#answered<Verification>("/verify", signal, (options) => this.#api.POST("/verify", { body, ...options }));
  }

  /**
   * Sends many articles and yields the answers in order. If an article cannot be answered, its error takes the place of the answer.
   *
   * Articles are sent as you consume the answers, `concurrency` at a time, so memory does not grow. To keep the service busy, send two or
   * three more at a time than it has workers. If you stop early (`break`), articles under way are aborted.
   *
   * @throws {ClientError} Any error except an ArticleError, because the next articles would fail, too.
   * @throws {RangeError} The concurrency is less than 1.
   */
  many(
    articles: Iterable<Article> | AsyncIterable<Article>,
    { concurrency = 4, signal }: { concurrency?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<Answer | ArticleError, void, undefined> {
    if (!(concurrency >= 1)) {
      throw new RangeError("many sends at least one article at a time.");
    }
    return this.#many(articles, concurrency, signal);
  }

  /** Whether the service is running and would accept an article now. */
  async ready(): Promise<boolean> {
    try {
      const { response } = await this.#api.GET("/health/ready", { parseAs: "text", fetch: globalThis.fetch });
      return response.ok;
    } catch {
      return false;
    }
  }

  async *#many(articles: Iterable<Article> | AsyncIterable<Article>, concurrency: number, signal: AbortSignal | undefined) {
    const stop = new AbortController();
    const either = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
    const sent: Promise<Answer | ArticleError>[] = [];
    try {
      for await (const article of articles) {
        const answer = this.#quotesOrError(article, either);
        answer.catch(() => {}); // told when its turn comes
        sent.push(answer);
        if (sent.length >= concurrency) yield await (sent.shift() as Promise<Answer | ArticleError>);
      }
      while (sent.length) yield await (sent.shift() as Promise<Answer | ArticleError>);
    } finally {
      stop.abort();
      await Promise.allSettled(sent);
    }
  }

  async #quotesOrError(article: Article, signal: AbortSignal): Promise<Answer | ArticleError> {
    try {
      return await this.quotes(article, { signal });
    } catch (error) {
      if (error instanceof ArticleError) return error;
      throw error;
    }
  }

  /** The answer to a request, or the error that stands for it. */
  async #answered<Kind>(path: string, signal: AbortSignal | undefined, send: (options: SendOptions) => Promise<Sent>): Promise<Kind> {
    const url = this.#url + path;
    let sent: Sent;
    try {
      sent = await send({ parseAs: "text", signal: signal ?? null });
    } catch (cause) {
      throw signal?.aborted ? cause : failureOf(cause, url);
    }
    if (!sent.response.ok) {
      throw problemIn(sent.error, sent.response, url);
    }
    try {
      return JSON.parse(sent.data as string) as Kind;
    } catch (cause) {
      throw new BrokenAnswerError(`This is not the answer of a quoteapi service: what ${url} sent is not JSON.`, url, { cause });
    }
  }
}
