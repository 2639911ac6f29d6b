import { parseEnv } from 'node:util'

/** Environment variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Merges a `.env` file's text into the environment. A variable of the environment wins, also when it is empty:
 * empty means unset, so `NAME= npm start` takes back what the file says.
 */
export function readEnvironment(processEnv: Environment, dotEnvText: string | undefined): Environment {
  const fromFile = dotEnvText === undefined ? {} : parseEnv(dotEnvText)
  return Object.fromEntries(definedVariables({ ...fromFile, ...processEnv }))
}

/** Gives the variables that are set; an empty one counts as unset. */
export function definedVariables(env: Environment): ReadonlyMap<string, string> {
  const set = new Map<string, string>()
  for (const [name, value] of Object.entries(env)) if (value) set.set(name, value)
  return set
}
