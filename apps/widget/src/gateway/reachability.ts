import { reportToDeveloper } from '../report.ts'

/** Why a request got no response: the gateway is away, does not allow this page, or the page's own policy forbids it. */
export type Obstacle = 'AWAY' | 'ORIGIN' | 'POLICY'

/**
 * Returns a function that finds out why a request failed, which browsers do not tell a page, and tells the developer of the
 * page what to change. `graphqlUrl` is the gateway's GraphQL address. Next to it the gateway serves the widget's script, which
 * pages of any origin may read: if only that can be read, the gateway does not allow the page's origin.
 */
export function createObstacleFinder(graphqlUrl: string): () => Promise<Obstacle> {
  const { origin, host, protocol } = new URL(graphqlUrl)
  let reported: Obstacle | null = null
  let isBlockedByPolicy = false
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'connect-src' && blockedURI.startsWith(origin)) isBlockedByPolicy = true
  })
  const report = (obstacle: Obstacle, problem: string): Obstacle => {
    if (reported !== obstacle) reportToDeveloper(problem)
    reported = obstacle
    return obstacle
  }
  const isReadable = (url: string | URL) =>
    fetch(url, { cache: 'no-store' }).then(
      () => true,
      () => false,
    )
  return async () => {
    const isRunning = await isReadable(new URL('widget.js', graphqlUrl))
    if (isBlockedByPolicy) {
      const sources = `${origin} ${protocol.replace('http', 'ws')}//${host}`
      return report(
        'POLICY',
        `the Content-Security-Policy of this page forbids the chat. Add "${sources}" to its connect-src.`,
      )
    }
    if (!isRunning || (await isReadable(graphqlUrl))) return 'AWAY'
    if (location.protocol === 'file:')
      return report(
        'ORIGIN',
        'a page that is opened as a file cannot be allowed. Open it through a web server.',
      )
    return report(
      'ORIGIN',
      `the gateway ${origin} does not allow pages of ${location.origin}. Add ${location.origin} to its setting ALLOWED_ORIGINS.`,
    )
  }
}
