import type { PushFaultInjector } from '../../push-faults.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { DdpOptions } from './options.ts'
import type { DdpRateLimiter } from './rate-limiter.ts'
import type { Streams } from './streams.ts'

/** What the sessions of a server share. */
export interface DdpContext {
  readonly workspace: Workspace
  readonly streams: Streams
  readonly limiter: DdpRateLimiter
  readonly faults: PushFaultInjector
  readonly options: DdpOptions
}
