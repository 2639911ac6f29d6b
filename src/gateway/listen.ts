import { once } from 'node:events'
import type { Server } from 'node:http'
import { type Config, ConfigError, type ConfigIssue } from '../config/index.ts'

/** Starts to listen. Rejects with a ConfigError if the configured host and port cannot be used. */
export async function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    const issue = findListenIssue(error, port)
    throw issue ? new ConfigError([issue]) : error
  }
}

/** The setting because of which a server cannot listen, from the error of the operating system; null for another error. */
function findListenIssue(error: unknown, port: number): ConfigIssue | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE')
    return { variable: 'PORT', reason: `${port} is in use by another process (${code})` }
  if (code === 'EACCES') return { variable: 'PORT', reason: `${port} may not be used by this user (${code})` }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL')
    return { variable: 'HOST', reason: `is not an address of this machine (${code})` }
  return null
}
