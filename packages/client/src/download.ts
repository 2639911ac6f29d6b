import { type Credential, headersOf } from './credential.ts'
import { addressOf, type Endpoint } from './endpoint.ts'
import { GatewayError, NetworkError } from './errors.ts'
import { errorOf, UNAUTHORIZED } from './file-transfer.ts'
import { type Abortable, withCurrentCredential } from './request.ts'

/** Reads a file of a message, by the `url` of its attachment. Rejects if it cannot be read, or if the address is not the gateway's. */
export async function downloadFile(
  endpoint: Endpoint,
  url: string,
  { signal }: Abortable = {},
): Promise<Blob> {
  const address = addressOf(endpoint, url)
  const send = (credential: Credential) =>
    fetch(address, { headers: headersOf(credential), signal: signal ?? null })
  try {
    const response = await withCurrentCredential(endpoint, send, ({ status }) => status === UNAUTHORIZED)
    if (response.ok) return await response.blob()
    throw errorOf({
      status: response.status,
      text: await response.text(),
      retryAfter: response.headers.get('retry-after'),
    })
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof GatewayError || cause instanceof NetworkError) throw cause
    throw new NetworkError('The file cannot be read.', { cause })
  }
}
