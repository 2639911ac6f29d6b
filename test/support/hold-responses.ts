import type { WireServer } from '../../sandbox/wire-server.ts'

/** The calls that are held: all, unless restricted to a route or a number. */
export interface HoldTarget {
  readonly route?: string
  readonly times?: number
}

type Sandbox = Pick<WireServer, 'injectFault'>

/** Holds a sandbox's responses until the returned function is called. What the calls write is written at once. */
export function holdResponses(sandbox: Sandbox, target: HoldTarget = {}): () => void {
  return hold(sandbox, 'hold', target)
}

/** Holds requests until the returned function is called. What they write is written then, although their client may be gone. */
export function holdRequests(sandbox: Sandbox, target: HoldTarget = {}): () => void {
  return hold(sandbox, 'hold-request', target)
}

function hold(sandbox: Sandbox, kind: 'hold' | 'hold-request', target: HoldTarget): () => void {
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  sandbox.injectFault({ kind, until, ...target })
  return release
}
