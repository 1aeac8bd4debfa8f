/** How a request is sent, and sent again: ky does the trying. */

import ky, { HTTPError } from "ky";
import { isUnconnected, secondsUntil } from "./errors.js";

const BUSY = [429, 503];
const LONGEST_PAUSE = 30_000;

/**
 * A fetch that tries again where that certainly costs the service nothing, and resolves with the last answer.
 *
 * @param tries - At most.
 * @param deadline - Milliseconds for all of them; a pause that would go beyond it is not begun.
 */
export function sender(tries: number, deadline: number): (request: Request) => Promise<Response> {
  return async (request) => {
    const end = Date.now() + deadline;
    try {
      return await ky(request, {
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(deadline)]),
        timeout: false,
        retry: {
          limit: tries - 1,
          methods: ["post"],
          statusCodes: BUSY,
          afterStatusCodes: BUSY,
          backoffLimit: LONGEST_PAUSE,
          jitter: true,
          shouldRetry: ({ error }) => (error instanceof HTTPError ? worthATry(error.response, end) : isUnconnected(error)),
        },
      });
    } catch (error) {
      if (error instanceof HTTPError) {
        return error.response;
      }
      throw error;
    }
  };
}

/** Whether a refusal is met by another try; undefined leaves the pause to `Retry-After`. */
function worthATry(response: Response, end: number): boolean | undefined {
  if (!BUSY.includes(response.status)) {
    return false;
  }
  const pause = secondsUntil(response.headers.get("Retry-After"));
  if (pause === null) {
    return true;
  }
  return Date.now() + pause * 1000 < end ? undefined : false;
}
