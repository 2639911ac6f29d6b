import type { Logger } from 'pino'
import type { ChatAdapter } from '../domain/adapter.ts'
import { anonymousCaller } from '../domain/caller.ts'

/** Sends each provider one request, unless its health is known; the adapters log what does not work. Never rejects. */
export async function checkProviders(
  adapters: readonly ChatAdapter[],
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const call = { caller: anonymousCaller, signal, log }
  await Promise.allSettled(adapters.map((adapter) => adapter.getHealth(call)))
}
