import { type Credential, headersOf } from './credential.ts'
import { addressOf, type Endpoint } from './endpoint.ts'
import { errorOf, isRefused, readResponse } from './file-transfer.ts'
import { reachGateway } from './network.ts'
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
  return reachGateway(signal, async () => {
    const response = await withCurrentCredential(endpoint, send, isRefused)
    if (response.ok) return response.blob()
    throw errorOf(await readResponse(response))
  })
}
