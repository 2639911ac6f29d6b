import { createSession, GatewayError, type Outcome, type Session } from '@switchboard/client'
import { createObstacleFinder, type Obstacle } from './reachability.ts'

/** Why something was not done: the gateway's error, or what kept the request away. */
export interface Failure {
  readonly code: Obstacle | (string & {})
  /** The input field of an INVALID_INPUT. */
  readonly field?: string | null
}

/** The gateway, as it is for everybody. */
export interface Gateway {
  /** The session of an anonymous caller. */
  readonly session: Session
  /** Absolute address of a path at the gateway. */
  urlOf(path: string): string
  /** Finds out why something failed. */
  explain(error: unknown): Promise<Failure>
  /** Why a write failed; null if it did not. */
  failureOf(outcome: Outcome<unknown>): Promise<Failure | null>
}

/** `url` is the gateway's GraphQL address. */
export function createGateway(url: string): Gateway {
  const findObstacle = createObstacleFinder(url)
  const explain = async (error: unknown) =>
    error instanceof GatewayError ? error : { code: await findObstacle() }
  return {
    session: createSession({ url }),
    urlOf: (path) => new URL(path, url).href,
    explain,
    failureOf: async (outcome) => ('error' in outcome ? explain(outcome.error) : null),
  }
}
