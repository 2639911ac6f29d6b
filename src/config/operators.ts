import { z } from 'zod'
import { definitionOf } from '../providers/adapter-factory.ts'
import { providerDefinitions } from '../providers/index.ts'
import { text, token } from '../providers/shared/setting-values.ts'
import type { Variables } from './environment.ts'
import type { ConfigIssue } from './issues.ts'
import { isObject, type NamedFile, parseEntries } from './json-file.ts'
import { keyDigest, operatorKey, operatorName } from './operator-keys.ts'
import { resolveReferences } from './references.ts'
import { didYouMean } from './unknown-settings.ts'

/** What an operator may do, by the names of the GraphQL schema. */
export type Permission = 'READ' | 'WRITE' | 'MANAGE'

/** An agent at one provider: a token, and the agent's id under the provider's `agentIdKey`. */
export type AgentCredential = Readonly<z.output<typeof agent>>

/** Someone who may use the gateway as an operator: by a key, by JWTs with the subject, or by either. */
export interface Operator {
  /** For logs and limits. */
  readonly name: string
  /** The secret as clients send it, or `sha256:` and the 64 hex digits of its SHA-256. */
  readonly key?: string
  /** `sub` of the operator's JWTs. */
  readonly subject?: string
  /** Absent: all. */
  readonly permissions?: readonly Permission[]
  /** Configured names of the providers that the operator may use. Absent: all. */
  readonly providers?: readonly string[]
  /** Agent as whom the operator acts, by the provider's configured name. */
  readonly agents?: Readonly<Record<string, AgentCredential>>
}

/** Kinds of the configured providers by name; null if they could not be read, and no name can be checked. */
export type KindsByName = ReadonlyMap<string, string> | null

/** What the entries of an OPERATORS_FILE are read with. */
interface OperatorsContext {
  /** For `${NAME}`. */
  readonly variables: Variables
  readonly kindsByName: KindsByName
  /** The operators of OPERATOR_KEYS. */
  readonly others: readonly Operator[]
}

const anObject = { error: 'must be a JSON object' }

const agentIdKeys = providerDefinitions.map(({ agentIdKey }) => [agentIdKey, token.exactOptional()] as const)
const agent = z.strictObject({ ...Object.fromEntries(agentIdKeys), token }, anObject)

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

/**
 * Reads the operators of an OPERATORS_FILE: `{ "<name>": { "key": "<text or ${NAME}>", "subject": ..., ... } }`. Null where
 * there are issues; all of them name OPERATORS_FILE.
 */
export function readOperatorsFile(
  file: NamedFile,
  { others, ...context }: OperatorsContext,
  issues: ConfigIssue[],
): readonly Operator[] | null {
  const wording = { shape: '{ "<name>": { "key": ..., ... } }', empty: 'describes no operator' }
  const entries = parseEntries(file, wording)
  const reasons: string[] = []
  const operators: Operator[] = []
  if (typeof entries === 'string') reasons.push(entries)
  else {
    for (const [name, value] of entries) {
      const operator = readOperator(name, value, context, reasons)
      if (operator) operators.push(operator)
    }
    reasons.push(...findRepeats(operators, others))
  }
  for (const reason of reasons) issues.push({ variable: file.variable, reason })
  return reasons.length === 0 ? operators : null
}

/** Reads one operator; null after adding the reasons why it is refused. */
function readOperator(
  name: string,
  value: unknown,
  { variables, kindsByName }: Omit<OperatorsContext, 'others'>,
  reasons: string[],
): Operator | null {
  if (!operatorName.test(name)) {
    reasons.push(`operator ${JSON.stringify(name)} must have a name of letters, digits and _ . @ -`)
    return null
  }
  const unresolved = new Map<string, string>()
  const { success, data, error } = entry.safeParse(resolveAll(value, [name], variables, unresolved))
  const invalid = success
    ? providerIssues(name, data, kindsByName)
    : error.issues.flatMap((issue) => entryIssues(name, issue))
  // A text that cannot be resolved has no other issue.
  const all = [...unresolved, ...invalid.filter(([place]) => !unresolved.has(place))]
  reasons.push(...all.map(([place, reason]) => `${place} ${reason}`))
  return success && all.length === 0 ? { name, ...data } : null
}

/** An issue of an entry: `place` names the operator and the key, `reason` continues it. */
type EntryIssue = readonly [place: string, reason: string]

/** Returns a copy with all references resolved; those that cannot be are added to `unresolved` by place. */
function resolveAll(
  value: unknown,
  path: readonly PropertyKey[],
  variables: Variables,
  unresolved: Map<string, string>,
): unknown {
  const resolveAt = (key: PropertyKey, item: unknown) =>
    resolveAll(item, [...path, key], variables, unresolved)
  if (Array.isArray(value)) return value.map((item, index) => resolveAt(index, item))
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveAt(key, item)]))
  }
  const { value: resolved, reason } = resolveReferences(value, variables)
  if (reason !== undefined) unresolved.set(placeOf(path), reason)
  return resolved
}

function entryIssues(name: string, issue: z.core.$ZodIssue): readonly EntryIssue[] {
  const place = placeOf([name, ...issue.path])
  if (issue.code !== 'unrecognized_keys') return [[place, issue.message]]
  const known = Object.keys(issue.path.length === 0 ? entry.shape : agent.shape)
  return issue.keys.map((key) => [
    place,
    `has an unknown key ${JSON.stringify(key)}${didYouMean(key, known)}`,
  ])
}

function providerIssues(
  name: string,
  { providers = [], agents = {} }: Pick<Operator, 'providers' | 'agents'>,
  kindsByName: KindsByName,
): readonly EntryIssue[] {
  if (kindsByName === null) return []
  const isNone = 'is no configured provider'
  const unknown = providers.flatMap((provider, index): EntryIssue[] => {
    if (kindsByName.has(provider)) return []
    return [
      [placeOf([name, 'providers', index]), `${isNone}${didYouMean(provider, [...kindsByName.keys()])}`],
    ]
  })
  const wrongAgents = Object.entries(agents).flatMap(([provider, credential]): EntryIssue[] => {
    const kind = kindsByName.get(provider)
    const reason = kind === undefined ? isNone : agentIssue(credential, kind)
    return reason === null ? [] : [[placeOf([name, 'agents', provider]), reason]]
  })
  return [...unknown, ...wrongAgents]
}

function agentIssue({ token: _token, ...ids }: AgentCredential, kind: string): string | null {
  const { agentIdKey, label } = definitionOf(kind)
  const [key, ...others] = Object.keys(ids)
  return key === agentIdKey && others.length === 0 ? null : `takes ${agentIdKey} and token, as a ${label}`
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

/** A name, a key and a subject identify one operator only. Keys are compared by hash: one may be stored as its hash. */
function findRepeats(operators: readonly Operator[], others: readonly Operator[]): readonly string[] {
  const names = new Set(others.map(({ name }) => name))
  const keys = new Set(others.flatMap(({ key }) => (key ? [keyDigest(key)] : [])))
  const subjects = new Set<string>()
  return operators.flatMap(({ name, key, subject }) => {
    const digest = key && keyDigest(key)
    const repeated = [
      ...(names.has(name) ? [`${name} repeats the name of an operator in OPERATOR_KEYS`] : []),
      ...(digest && keys.has(digest) ? [`${name}.key repeats the key of another operator`] : []),
      ...(subject && subjects.has(subject)
        ? [`${name}.subject repeats the subject of another operator`]
        : []),
    ]
    if (digest) keys.add(digest)
    if (subject) subjects.add(subject)
    return repeated
  })
}
