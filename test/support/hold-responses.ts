import type { WireServer } from '../../sandbox/wire-server.ts'

/** The calls whose responses are held: all, unless restricted to a route or a number. */
export interface HoldTarget {
  readonly route?: string
  readonly times?: number
}

/** Holds a sandbox's responses until the returned function is called. What the calls write is written at once. */
export function holdResponses(sandbox: Pick<WireServer, 'injectFault'>, target: HoldTarget = {}): () => void {
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  sandbox.injectFault({ kind: 'hold', until, ...target })
  return release
}
