import type { Logger } from 'pino'
import type { Call, Registry } from '../chat/adapter.ts'
import type { Caller } from '../chat/caller.ts'
import type { Hub } from '../live/hub.ts'
import { createLoaders } from '../loaders/loaders.ts'
import type { Outbox } from '../offline/outbox.ts'
import type { Context } from '../schema/context.ts'

/** What both transports know of an operation before it runs. */
export interface OperationScope {
  readonly caller: Caller
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

export interface ContextDependencies {
  readonly registry: Registry
  readonly hub: Hub
  readonly outbox: Outbox
  readonly log: Logger
}

/** Makes the context of one operation. */
export function createContext(
  { registry, hub, outbox, log }: ContextDependencies,
  scope: OperationScope,
): Context {
  let call: Call = { caller: scope.caller, signal: scope.signal, log }
  let loaders = createLoaders(registry, call)
  const renewLoaders = (): void => {
    loaders = createLoaders(registry, call)
  }
  return {
    get call() {
      return call
    },
    get loaders() {
      return loaders
    },
    presented: scope.caller,
    registry,
    hub,
    outbox,
    renewLoaders,
    actAs(caller) {
      call = { ...call, caller }
      renewLoaders()
    },
    partial: [],
  }
}
