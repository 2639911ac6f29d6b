import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Config, ProviderConfig } from '../config/index.ts'
import type { CallContext, ChatAdapter } from '../domain/adapter.ts'
import { toCalendarDay } from '../domain/calendar-days.ts'
import { anonymousCaller, createOperatorCaller } from '../domain/caller.ts'
import { ChatError } from '../domain/errors.ts'
import { createAdapter, createVisitorTokenOwners, definitionOf } from '../providers/adapter-factory.ts'

/** What the first requests to one account show. */
export interface AccountCheck {
  /** Null if the right server responds; otherwise why it does not. */
  readonly serverProblem: string | null
  /** `unknown` if the server does not respond. */
  readonly credentials: 'accepted' | 'rejected' | 'none' | 'unknown'
  /** Why credentials are rejected, or what an accepted one may not do; null if there is nothing to say. */
  readonly credentialProblem: string | null
}

/**
 * Asks one account whether it works, with one request to its server and one with each of its own credentials; a request that
 * proves both is sent once. Needs no database, and changes nothing at the provider. Never rejects.
 */
export async function checkAccount(
  account: ProviderConfig,
  config: Pick<Config, 'providers' | 'upstreamTimeoutMs'>,
  log: Logger,
): Promise<AccountCheck> {
  const adapter = createReadingAdapter(account, config, log)
  try {
    return await checkAdapter(adapter, definitionOf(account.kind).hasServiceAccount(account), log)
  } finally {
    await adapter.close()
  }
}

async function checkAdapter(
  adapter: ChatAdapter,
  hasServiceAccount: boolean,
  log: Logger,
): Promise<AccountCheck> {
  const context = { signal: new AbortController().signal, log }
  const { status } = await adapter.getHealth({ ...context, caller: anonymousCaller })
  const asOperator = { ...context, caller: createOperatorCaller('check') }
  const hasOfflineList = adapter.supports.LIST_OFFLINE_MESSAGES.roles.length > 0
  // A server that does not respond is not asked again.
  const canAsk = status === 'UP' || status === 'UNKNOWN'
  const asksForDepartments = hasServiceAccount || status === 'UNKNOWN'
  const failures = [
    canAsk && asksForDepartments ? await findFailure(() => adapter.listDepartments(asOperator)) : null,
    canAsk && hasOfflineList ? await findFailure(() => readToday(adapter, asOperator)) : null,
  ]
  const health = await adapter.getHealth({ ...context, caller: anonymousCaller })
  if (health.isCredentialRejected) {
    return { serverProblem: null, credentials: 'rejected', credentialProblem: health.reason }
  }
  if (health.status !== 'UP') {
    const serverProblem = health.reason ?? 'No request was sent.'
    return { serverProblem, credentials: 'unknown', credentialProblem: null }
  }
  const hasCredential = hasServiceAccount || hasOfflineList
  const credentialProblem = failures.find((failure) => failure !== null) ?? null
  return { serverProblem: null, credentials: hasCredential ? 'accepted' : 'none', credentialProblem }
}

/** Reads the first of today's offline messages: their list can need a credential of its own. */
async function readToday(adapter: ChatAdapter, call: CallContext): Promise<void> {
  const today = toCalendarDay(adapter.timeZone, new Date())
  const query = { from: today, to: today, departmentId: null, text: null }
  for await (const _first of adapter.listOfflineMessages(query, null, call)) return
}

/** The reason for which a request failed; null if it did not. */
async function findFailure(request: () => Promise<unknown>): Promise<string | null> {
  try {
    await request()
    return null
  } catch (error) {
    if (error instanceof ChatError) return error.message
    throw error
  }
}

/** Creates the adapter of an account for reads that no client has asked for: it has neither a database nor clients' tokens. */
function createReadingAdapter(
  account: ProviderConfig,
  { providers, upstreamTimeoutMs }: Pick<Config, 'providers' | 'upstreamTimeoutMs'>,
  log: Logger,
): ChatAdapter {
  return createAdapter(account, {
    idempotentWrites: { run: () => Promise.reject(new TypeError('a check writes nothing')) },
    visitorSecret: randomBytes(32),
    accountTokens: createVisitorTokenOwners(providers).forAccount(account.name),
    agentCredentials: new Map(),
    log,
    pushSocketOptions: { onUnexpectedError: (error) => log.error({ err: error }, 'unexpected error') },
    upstream: { timeoutMs: upstreamTimeoutMs },
  })
}
