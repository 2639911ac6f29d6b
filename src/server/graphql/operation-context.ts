import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import type { AdapterRegistry, CallContext } from '../../domain/adapter.ts'
import { restrictRegistry } from '../../domain/adapter-registry.ts'
import { CallAllowance } from '../../domain/call-allowance.ts'
import type { Caller } from '../../domain/caller.ts'
import { OperationLoaders } from '../../loaders/loaders.ts'
import type { Context, UpstreamCalls } from '../../schema/context.ts'
import type { MeasureWork } from '../limits/work-limits.ts'

/** The facts that a transport knows of an operation before it runs. */
export interface OperationScope {
  readonly caller: Caller
  /** The client's address as limits count it; null for an execution that several clients share. */
  readonly clientAddress: string | null
  /** The address of the client that causes a shared execution to be prepared: it is charged for the parsing. */
  readonly preparingAddress?: string
  /** Aborts when no client waits for the result any more. */
  readonly signal: AbortSignal
  /** Charges the CPU time of checking a large request to its client; absent for any other request. */
  readonly charge?: MeasureWork
  /** Called when a provider's response has arrived that the operation waited for, and when it reads the gateway's store. */
  readonly onRead?: () => void
  /** Whether the document is the gateway's own, so that no list of trusted documents must contain it. */
  readonly isOwnDocument?: boolean
  /** The cursor that a reconnecting client sends through its transport. */
  readonly resumeAfter?: string | null
}

/** The parts of a context that do not depend on the operation. */
export interface OperationContextDependencies
  extends Pick<
    Context,
    | 'registry'
    | 'hub'
    | 'eventErasure'
    | 'outbox'
    | 'storedMessages'
    | 'offlineMessageFeed'
    | 'mutationLimits'
    | 'renewalTokens'
    | 'onMutationEnd'
  > {
  readonly log: Logger
}

/** The call of an operation. Adapters copy calls, so its members are properties of their own and not getters of a class. */
interface ChangingCall extends CallContext {
  caller: Caller
  allowance: CallAllowance
}

/** Creates the context of one operation. It contains only the providers that the caller may use. */
export function createOperationContext(
  dependencies: OperationContextDependencies,
  scope: OperationScope,
): Context {
  const { hub, eventErasure, outbox, offlineMessageFeed, mutationLimits, renewalTokens, onMutationEnd } =
    dependencies
  const registry = restrictRegistry(dependencies.registry, scope.caller)
  const storedMessages = scope.onRead
    ? withReadListener(dependencies.storedMessages, scope.onRead)
    : dependencies.storedMessages
  // Every upstream request of an operation listens to the signal, and a dashboard causes dozens.
  setMaxListeners(0, scope.signal)
  const state = new OperationState(registry, { ...dependencies, storedMessages }, scope)
  return {
    // The GraphQL engine copies the fields of a context once, so values that change must be one object deeper.
    call: state.call,
    loaders: state.loaders,
    upstreamCalls: state,
    initialCaller: scope.caller,
    clientAddress: scope.clientAddress,
    resumeAfter: scope.resumeAfter ?? null,
    registry,
    hub,
    eventErasure,
    outbox,
    storedMessages,
    offlineMessageFeed,
    mutationLimits,
    renewalTokens,
    onMutationEnd,
    renewLoaders: () => state.renewLoaders(),
    actAs: (caller) => state.actAs(caller),
    partialFailures: [],
  }
}

/** The state that changes while an operation runs: its caller, its allowance of upstream requests, and its loaders. */
class OperationState implements UpstreamCalls {
  readonly #registry: AdapterRegistry
  readonly #scope: OperationScope
  readonly #call: ChangingCall
  readonly loaders: OperationLoaders

  constructor(
    registry: AdapterRegistry,
    { storedMessages, log }: Pick<OperationContextDependencies, 'storedMessages' | 'log'>,
    scope: OperationScope,
  ) {
    this.#registry = registry
    this.#scope = scope
    const { caller, clientAddress, signal } = scope
    this.#call = { caller, clientAddress, signal, log, allowance: this.#createAllowance() }
    this.loaders = new OperationLoaders(registry, this.#loaderCall(), storedMessages)
  }

  /** The call of the whole operation: its caller and its allowance change. */
  get call(): CallContext {
    return this.#call
  }

  get spent(): number {
    return this.#call.allowance.spentCalls
  }

  get limit(): number {
    return this.#call.allowance.maxCalls
  }

  get callerDescription(): string {
    return this.#call.allowance.callerDescription
  }

  get isVerified(): boolean {
    return this.#call.allowance.isVerified
  }

  /** Drops everything that was loaded, and starts a new allowance of upstream requests. */
  renewLoaders(): void {
    this.#call.allowance = this.#createAllowance()
    this.loaders.renew(this.#loaderCall())
  }

  /** Continues as another caller, with the same allowance. */
  actAs(caller: Caller): void {
    this.#call.caller = caller
    this.loaders.renew(this.#loaderCall())
  }

  #createAllowance(): CallAllowance {
    const { caller, onRead } = this.#scope
    const isVerified = () => this.#registry.all.some((adapter) => adapter.isVerified(caller))
    return new CallAllowance(caller, isVerified, onRead)
  }

  /** The loaders' own context: what they have begun to read continues as the same caller. */
  #loaderCall(): CallContext {
    const { caller, signal, log, allowance } = this.#call
    return { caller, clientAddress: this.#scope.clientAddress, signal, log, allowance }
  }
}

/** Calls `onRead` before each read of stored offline messages. */
function withReadListener(stored: Context['storedMessages'], onRead: () => void): Context['storedMessages'] {
  return {
    find: (...args) => {
      onRead()
      return stored.find(...args)
    },
    read: (...args) => {
      onRead()
      return stored.read(...args)
    },
    count: (...args) => {
      onRead()
      return stored.count(...args)
    },
    countWaiting: (...args) => {
      onRead()
      return stored.countWaiting(...args)
    },
    withoutStored: (...args) => {
      onRead()
      return stored.withoutStored(...args)
    },
  }
}
