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
export type { Problem } from "./errors.js";
export {
  ArticleError, BrokenAnswerError, BusyError, ClientError, NoAnswerError, ProblemError, UnauthorizedError, UnreachableError,
} from "./errors.js";

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

export class Client {
  readonly #api;
  readonly #url: string;

  constructor({ baseUrl = "http://127.0.0.1:8000", apiKey, tries = 8, deadline = 1_200_000 }: ClientOptions = {}) {
    this.#url = `${baseUrl.replace(/\/+$/, "")}/quotes`;
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
   * @throws {ClientError} No answer; errors.ts has the tree.
   * @throws {DOMException} `AbortError` where `signal` says so.
   */
  async quotes(article: Article, { signal }: { signal?: AbortSignal } = {}): Promise<Answer> {
    const { data, error, response } = await this.#sent({ offset_unit: "utf16", ...article }, signal);
    if (!response.ok) {
      throw problemIn(error, response, this.#url);
    }
    try {
      return JSON.parse(data as string) as Answer;
    } catch (cause) {
      throw new BrokenAnswerError(`This is not the answer of a quoteapi service: what ${this.#url} sent is not JSON.`, this.#url, { cause });
    }
  }

  /**
   * The answers to articles, in their order; for one that cannot be answered, the error in its place.
   *
   * Articles are taken and sent as the answers are asked for, `concurrency` at a time: memory does not grow with their number. As many
   * as the service has workers, and one or two more, keep it busy. Who stops asking (`break`) ends what is under way.
   *
   * @throws {ClientError} Anything but an ArticleError, which the articles that follow would meet, too.
   * @throws {RangeError} A concurrency under 1.
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

  /** Whether the service is there and would read an article now. */
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

  async #sent(body: Article, signal: AbortSignal | undefined) {
    try {
      return await this.#api.POST("/quotes", { body, parseAs: "text", signal: signal ?? null });
    } catch (cause) {
      throw signal?.aborted ? cause : failureOf(cause, this.#url);
    }
  }
}
