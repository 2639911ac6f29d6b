import type { Logger } from 'pino'
import { type Config, keyDigest } from '../../config/index.ts'
import { createOperatorCaller, type OperatorCaller } from '../../domain/caller.ts'
import { createCallerIdentification, type IdentifyCaller } from './caller-identification.ts'
import { createJwtIdentification } from './jwt-identification.ts'

/** Creates the check of credentials with the configured operators, and warns of settings that have no effect. */
export function createOperatorIdentification(
  { operators, jwt }: Pick<Config, 'operators' | 'jwt'>,
  log: Logger,
): IdentifyCaller {
  const callers = operators.map(
    ({ name, key, subject, permissions = null, providers = null, agents = {} }) => ({
      caller: createOperatorCaller(name, { permissions, providers }, Object.keys(agents).length > 0),
      key,
      subject,
    }),
  )
  const keys = callers.flatMap(({ caller, key }) => (key ? [{ caller, keyDigest: keyDigest(key) }] : []))
  const operatorsBySubject = new Map<string, OperatorCaller>()
  for (const { caller, subject } of callers) if (subject) operatorsBySubject.set(subject, caller)

  if (jwt && operatorsBySubject.size === 0)
    log.warn('JWT_JWKS_URL is set, but no operator in OPERATORS_FILE has a subject: every JWT is rejected')
  return createCallerIdentification(keys, jwt ? createJwtIdentification(operatorsBySubject, jwt, log) : null)
}
