import type { IncomingMessage, ServerResponse } from 'node:http'

/** The headers that the protocol reads. Credentials are not passed on. */
const PASSED_HEADERS = /^(?:accept|content-type|mcp-.+)$/

/** Creates the web request that the library takes. Its body is passed separately, already read. */
export function toWebRequest(
  { method = 'GET', headers }: IncomingMessage,
  path: string,
  signal: AbortSignal,
): Request {
  const passed = new Headers()
  for (const [name, value] of Object.entries(headers))
    if (PASSED_HEADERS.test(name) && typeof value === 'string') passed.set(name, value)
  // A fixed host name: the Host header of a client may not be valid in a URL.
  return new Request(`http://gateway${path}`, { method, headers: passed, signal })
}

/** Sends a web response once it is complete: nothing is sent before the result of a request. */
export async function sendWebResponse(res: ServerResponse, response: Response): Promise<void> {
  const bytes = Buffer.from(await response.arrayBuffer())
  // The response depends on the caller.
  const headers = { ...Object.fromEntries(response.headers), 'cache-control': 'no-store' }
  res.writeHead(response.status, { ...headers, 'content-length': bytes.length })
  res.end(bytes)
}
