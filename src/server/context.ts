import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import type { Call } from '../chat/adapter.ts'
import { CallAllowance } from '../chat/call-allowance.ts'
import type { Caller } from '../chat/caller.ts'
import { visibleRegistry } from '../chat/visible-registry.ts'
import { createLoaders, type Loaders } from '../loaders/loaders.ts'
import type { Context } from '../schema/context.ts'

/** What both transports know of an operation before it runs. */
export interface OperationScope {
  readonly caller: Caller
  /** The client's address as limits count it; null for an execution that several clients share. */
  readonly clientAddress: string | null
  /** The address of the client for which a shared execution is prepared: it pays for the parsing. */
  readonly preparedFor?: string
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** The cursor that a client which reconnects names beside its operation. */
  readonly resumeAfter?: string | null
}

/** What every operation's context holds. */
export interface ContextDependencies
  extends Pick<Context, 'registry' | 'hub' | 'outbox' | 'offlineList' | 'offlineWatch' | 'mutationLimits'> {
  readonly log: Logger
}

/** Makes the context of one operation, in which only the caller's providers exist. */
export function createContext(
  { registry: everything, hub, outbox, offlineList, offlineWatch, mutationLimits, log }: ContextDependencies,
  scope: OperationScope,
): Context {
  const registry = visibleRegistry(everything, scope.caller)
  // Every upstream call of an operation listens to it, and a dashboard makes dozens.
  setMaxListeners(0, scope.signal)
  const { caller, clientAddress, signal } = scope
  const isAccepted = () => registry.all.some((adapter) => adapter.isProven(caller))
  const newAllowance = () => new CallAllowance(caller, isAccepted)
  let acting = { caller, clientAddress, signal, log, allowance: newAllowance() }
  let current = createLoaders(registry, acting, offlineList)
  const actWith = (part: Partial<typeof acting>): void => {
    acting = { ...acting, ...part }
    current = createLoaders(registry, acting, offlineList)
  }
  // The engine copies the context's own fields once: what may change has to lie one object deeper.
  const call: Call = {
    get caller() {
      return acting.caller
    },
    get allowance() {
      return acting.allowance
    },
    clientAddress,
    signal,
    log,
  }
  const loaders: Loaders = {
    get createdAt() {
      return current.createdAt
    },
    requestedRoom: (key) => current.requestedRoom(key),
    get rooms() {
      return current.rooms
    },
    get messages() {
      return current.messages
    },
    get offlineMessages() {
      return current.offlineMessages
    },
    get departments() {
      return current.departments
    },
    get departmentLists() {
      return current.departmentLists
    },
  }
  return {
    call,
    loaders,
    presented: caller,
    clientAddress,
    resumeAfter: scope.resumeAfter ?? null,
    registry,
    hub,
    outbox,
    offlineList,
    offlineWatch,
    mutationLimits,
    upstreamCalls: {
      get spent() {
        return acting.allowance.spent
      },
      get limit() {
        return acting.allowance.limit
      },
      get owner() {
        return acting.allowance.owner
      },
      get isProven() {
        return acting.allowance.isProven
      },
    },
    renewLoaders: () => actWith({ allowance: newAllowance() }),
    actAs: (caller) => actWith({ caller }),
    partial: [],
  }
}
