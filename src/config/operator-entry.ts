import { z } from 'zod'
import type { AgentCredential, Operator, ProviderKind } from './config.ts'
import { isObject } from './json-file.ts'
import { operatorKey } from './operator-keys.ts'
import { resolveReferences } from './references.ts'
import { didYouMean } from './suggestion.ts'
import { text, token } from './values.ts'

/** Kinds of the configured providers by name; null where they could not be read, and no name can be checked. */
export type KnownProviders = ReadonlyMap<string, ProviderKind> | null

/** What is wrong with an entry: `place` names the operator and the key, `reason` goes on from there. */
interface EntryFault {
  readonly place: string
  readonly reason: string
}

const anObject = { error: 'must be a JSON object' }

const agent = z.strictObject(
  { userId: token.exactOptional(), accountId: token.exactOptional(), token },
  anObject,
)

const entry = z
  .strictObject(
    {
      key: operatorKey.exactOptional(),
      subject: text.exactOptional(),
      permissions: listOf(z.enum(['READ', 'WRITE', 'MANAGE'], 'must be one of READ, WRITE, MANAGE')),
      providers: listOf(z.string('must be a text in quotes')),
      agents: z.record(z.string(), agent, anObject).exactOptional(),
    },
    anObject,
  )
  .refine(({ key, subject }) => key !== undefined || subject !== undefined, {
    error: 'needs a key or a subject',
    when: ({ value }) => isObject(value) && !('key' in value) && !('subject' in value),
  })

function listOf<T extends z.ZodType<string, string>>(item: T) {
  return z
    .array(item, 'must be a list')
    .min(1, 'must name at least one, or be left out for all')
    .refine((list) => new Set(list).size === list.length, 'must name nothing twice')
    .exactOptional()
}

/** Reads one operator; gives it, or what is wrong with it, a text for each fault. */
export function readOperatorEntry(
  name: string,
  value: unknown,
  set: ReadonlyMap<string, string>,
  providers: KnownProviders,
): Operator | readonly string[] {
  const unresolved = new Map<string, string>()
  const { success, data, error } = entry.safeParse(resolveAll(value, [name], set, unresolved))
  const faults = success
    ? providerFaults(name, data, providers)
    : error.issues.flatMap((issue) => faultsOf(name, issue))
  // A text that could not be resolved is wrong for that reason alone.
  const others = faults.filter(({ place }) => !unresolved.has(place))
  const all = [...[...unresolved].map(([place, reason]) => ({ place, reason })), ...others]
  return success && all.length === 0
    ? { name, ...data }
    : all.map(({ place, reason }) => `${place} ${reason}`)
}

/** A copy with the variables in the place of `${NAME}`; what cannot be resolved is added to `unresolved` by place. */
function resolveAll(
  value: unknown,
  path: readonly PropertyKey[],
  set: ReadonlyMap<string, string>,
  unresolved: Map<string, string>,
): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => resolveAll(item, [...path, index], set, unresolved))
  if (isObject(value)) {
    const resolved = Object.entries(value).map(([key, item]) => [
      key,
      resolveAll(item, [...path, key], set, unresolved),
    ])
    return Object.fromEntries(resolved)
  }
  const { value: resolved, reason } = resolveReferences(value, set)
  if (reason !== undefined) unresolved.set(placeOf(path), reason)
  return resolved
}

function faultsOf(name: string, issue: z.core.$ZodIssue): readonly EntryFault[] {
  const place = placeOf([name, ...issue.path])
  if (issue.code !== 'unrecognized_keys') return [{ place, reason: issue.message }]
  const known = Object.keys(issue.path.length === 0 ? entry.shape : agent.shape)
  return issue.keys.map((key) => ({
    place,
    reason: `has an unknown key ${JSON.stringify(key)}${didYouMean(key, known)}`,
  }))
}

function providerFaults(
  name: string,
  { providers = [], agents = {} }: Pick<Operator, 'providers' | 'agents'>,
  known: KnownProviders,
): readonly EntryFault[] {
  if (known === null) return []
  const unknown = providers.flatMap((provider, index) =>
    known.has(provider)
      ? []
      : [
          {
            place: placeOf([name, 'providers', index]),
            reason: `is no configured provider${didYouMean(provider, [...known.keys()])}`,
          },
        ],
  )
  const wrongAgents = Object.entries(agents).flatMap(([provider, credential]) => {
    const reason = agentFault(credential, known.get(provider))
    return reason === null ? [] : [{ place: placeOf([name, 'agents', provider]), reason }]
  })
  return [...unknown, ...wrongAgents]
}

function agentFault({ userId, accountId }: AgentCredential, kind: ProviderKind | undefined): string | null {
  if (kind === undefined) return 'is no configured provider'
  if (kind === 'ROCKET_CHAT') return userId && !accountId ? null : 'takes userId and token, as a Rocket.Chat'
  return accountId && !userId ? null : 'takes accountId and token, as a LiveChat'
}

/** `ann.agents.support.token`, `ann.permissions entry 2`. */
function placeOf([name, ...path]: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return ` entry ${step + 1}`
    const key = String(step)
    return /^[\w-]+$/.test(key) ? `.${key}` : `.${JSON.stringify(key)}`
  })
  return [String(name), ...steps].join('')
}
