import { parseEnv } from 'node:util'

/** Environment variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Values of the variables that are set, by name. */
export type Variables = ReadonlyMap<string, string>

/**
 * Merges a `.env` file's text into the environment. A variable of the environment wins even if it is empty:
 * empty means unset, so `NAME= npm start` removes what the file says.
 */
export function readEnvironment(processEnv: Environment, dotEnvText: string | undefined): Environment {
  const fromFile = dotEnvText === undefined ? {} : parseEnv(dotEnvText)
  return Object.fromEntries(definedVariables({ ...fromFile, ...processEnv }))
}

/** Returns the variables that are set; an empty one counts as unset. */
export function definedVariables(env: Environment): Variables {
  const defined = new Map<string, string>()
  for (const [name, value] of Object.entries(env)) if (value) defined.set(name, value)
  return defined
}
