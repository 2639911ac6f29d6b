import { GatewayError, NetworkError } from './errors.ts'

/**
 * Runs a request. What it rejects with, other than the errors of this package, is a `NetworkError`: no response that can be read.
 * An abort rejects with the signal's reason.
 */
export async function reachGateway<Result>(
  signal: AbortSignal | undefined,
  request: () => Promise<Result>,
): Promise<Result> {
  try {
    return await request()
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof GatewayError || cause instanceof NetworkError) throw cause
    throw new NetworkError('The gateway sent no response that can be read.', { cause })
  }
}
