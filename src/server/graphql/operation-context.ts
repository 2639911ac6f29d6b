import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import type { CallContext } from '../../domain/adapter.ts'
import { restrictRegistry } from '../../domain/adapter-registry.ts'
import { CallAllowance } from '../../domain/call-allowance.ts'
import type { Caller } from '../../domain/caller.ts'
import { OperationLoaders } from '../../loaders/loaders.ts'
import type { Context, UpstreamCalls } from '../../schema/context.ts'

/** What a transport knows of an operation before it runs. */
export interface OperationScope {
  readonly caller: Caller
  /** The client's address as limits count it; null for an execution that several clients share. */
  readonly clientAddress: string | null
  /** The address of the client that causes a shared execution to be prepared: it is charged for the parsing. */
  readonly preparingAddress?: string
  /** Aborts when no client waits for the result any more. */
  readonly signal: AbortSignal
  /** Called with each response of a provider that the operation waited for. */
  readonly onResponse?: () => void
  /** The cursor that a reconnecting client sends through its transport. */
  readonly resumeAfter?: string | null
}

/** The parts of a context that do not depend on the operation. */
export interface OperationContextDependencies
  extends Pick<
    Context,
    | 'registry'
    | 'hub'
    | 'outbox'
    | 'storedMessages'
    | 'offlineMessageFeed'
    | 'mutationLimits'
    | 'onMutationEnd'
  > {
  readonly log: Logger
}

/** Creates the context of one operation. It contains only the providers that the caller may use. */
export function createOperationContext(
  dependencies: OperationContextDependencies,
  scope: OperationScope,
): Context {
  const { hub, outbox, storedMessages, offlineMessageFeed, mutationLimits, onMutationEnd } = dependencies
  const registry = restrictRegistry(dependencies.registry, scope.caller)
  // Every upstream request of an operation listens to the signal, and a dashboard causes dozens.
  setMaxListeners(0, scope.signal)
  const state = new OperationState({ ...dependencies, registry }, scope)
  return {
    // The GraphQL engine copies the fields of a context once, so values that change must be one object deeper.
    call: callContextOf(state, scope, dependencies.log),
    loaders: state.loaders,
    upstreamCalls: upstreamCallsOf(state),
    initialCaller: scope.caller,
    clientAddress: scope.clientAddress,
    resumeAfter: scope.resumeAfter ?? null,
    registry,
    hub,
    outbox,
    storedMessages,
    offlineMessageFeed,
    mutationLimits,
    onMutationEnd,
    renewLoaders: () => state.renewLoaders(),
    actAs: (caller) => state.actAs(caller),
    partialFailures: [],
  }
}

/** What changes while an operation runs: its caller, its allowance of upstream requests, and its loaders. */
class OperationState {
  readonly #dependencies: Pick<OperationContextDependencies, 'registry' | 'storedMessages' | 'log'>
  readonly #scope: OperationScope
  caller: Caller
  allowance: CallAllowance
  readonly loaders: OperationLoaders

  constructor(
    dependencies: Pick<OperationContextDependencies, 'registry' | 'storedMessages' | 'log'>,
    scope: OperationScope,
  ) {
    this.#dependencies = dependencies
    this.#scope = scope
    this.caller = scope.caller
    this.allowance = this.#createAllowance()
    const { registry, storedMessages } = dependencies
    this.loaders = new OperationLoaders(registry, this.#loaderCall(), storedMessages)
  }

  /** Drops everything that was loaded, and starts a new allowance of upstream requests. */
  renewLoaders(): void {
    this.allowance = this.#createAllowance()
    this.loaders.renew(this.#loaderCall())
  }

  /** Continues as another caller, with the same allowance. */
  actAs(caller: Caller): void {
    this.caller = caller
    this.loaders.renew(this.#loaderCall())
  }

  #createAllowance(): CallAllowance {
    const { caller, onResponse } = this.#scope
    const isVerified = () => this.#dependencies.registry.all.some((adapter) => adapter.isVerified(caller))
    return new CallAllowance(caller, isVerified, onResponse)
  }

  /** The loaders' own context: what they have begun to read continues as the same caller. */
  #loaderCall(): CallContext {
    const { clientAddress, signal } = this.#scope
    return {
      caller: this.caller,
      clientAddress,
      signal,
      log: this.#dependencies.log,
      allowance: this.allowance,
    }
  }
}

function callContextOf(
  state: OperationState,
  { clientAddress, signal }: OperationScope,
  log: Logger,
): CallContext {
  return {
    get caller() {
      return state.caller
    },
    get allowance() {
      return state.allowance
    },
    clientAddress,
    signal,
    log,
  }
}

function upstreamCallsOf(state: OperationState): UpstreamCalls {
  return {
    get spent() {
      return state.allowance.spentCalls
    },
    get limit() {
      return state.allowance.maxCalls
    },
    get callerDescription() {
      return state.allowance.callerDescription
    },
    get isVerified() {
      return state.allowance.isVerified
    },
  }
}
