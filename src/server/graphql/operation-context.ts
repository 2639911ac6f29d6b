import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import type { CallContext } from '../../domain/adapter.ts'
import { restrictRegistry } from '../../domain/adapter-registry.ts'
import { CallAllowance } from '../../domain/call-allowance.ts'
import type { Caller } from '../../domain/caller.ts'
import { createLoaders, type Loaders } from '../../loaders/loaders.ts'
import type { Context } from '../../schema/context.ts'

/** What both transports know of an operation before it runs. */
export interface OperationScope {
  readonly caller: Caller
  /** The client's address as limits count it; null for an execution that several clients share. */
  readonly clientAddress: string | null
  /** The address of the client for which a shared execution is prepared: it pays for the parsing. */
  readonly preparingAddress?: string
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** The cursor that a client which reconnects names beside its operation. */
  readonly resumeAfter?: string | null
}

/** What every operation's context holds. */
export interface OperationContextDependencies
  extends Pick<
    Context,
    'registry' | 'hub' | 'outbox' | 'storedMessages' | 'offlineMessageFeed' | 'mutationLimits'
  > {
  readonly log: Logger
}

/** Makes the context of one operation, in which only the caller's providers exist. */
export function createOperationContext(
  {
    registry: everything,
    hub,
    outbox,
    storedMessages,
    offlineMessageFeed,
    mutationLimits,
    log,
  }: OperationContextDependencies,
  scope: OperationScope,
): Context {
  const registry = restrictRegistry(everything, scope.caller)
  // Every upstream call of an operation listens to it, and a dashboard makes dozens.
  setMaxListeners(0, scope.signal)
  const { caller, clientAddress, signal } = scope
  const isAccepted = () => registry.all.some((adapter) => adapter.isVerified(caller))
  const newAllowance = () => new CallAllowance(caller, isAccepted)
  let acting = { caller, clientAddress, signal, log, allowance: newAllowance() }
  let current = createLoaders(registry, acting, storedMessages)
  const actWith = (part: Partial<typeof acting>): void => {
    acting = { ...acting, ...part }
    current = createLoaders(registry, acting, storedMessages)
  }
  // The engine copies the context's own fields once: what may change has to lie one object deeper.
  const call: CallContext = {
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
    pendingRoom: (key) => current.pendingRoom(key),
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
    initialCaller: caller,
    clientAddress,
    resumeAfter: scope.resumeAfter ?? null,
    registry,
    hub,
    outbox,
    storedMessages,
    offlineMessageFeed,
    mutationLimits,
    upstreamCalls: {
      get spent() {
        return acting.allowance.spentCalls
      },
      get limit() {
        return acting.allowance.maxCalls
      },
      get callerDescription() {
        return acting.allowance.callerDescription
      },
      get isVerified() {
        return acting.allowance.isVerified
      },
    },
    renewLoaders: () => actWith({ allowance: newAllowance() }),
    actAs: (caller) => actWith({ caller }),
    partialFailures: [],
  }
}
