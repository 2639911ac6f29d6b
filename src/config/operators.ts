import { z } from 'zod'
import { definitionOf } from '../providers/adapter-factory.ts'
import type { AgentCredential } from '../providers/definition.ts'
import { providerDefinitions } from '../providers/index.ts'
import { text, token } from '../providers/shared/setting-values.ts'
import type { Variables } from './environment.ts'
import { isObject, type NamedFile, readEntries, resolveReferences } from './files.ts'
import { type ConfigIssue, type PathIssue, toPathIssues, toReasons } from './issues.ts'
import { keyDigest, operatorKey, operatorName } from './operator-keys.ts'
import { didYouMean } from './similar-names.ts'

/** What an operator may do, by the names of the GraphQL schema. */
export type Permission = 'READ' | 'WRITE' | 'MANAGE'

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
  /** Agent that the operator writes as, by the provider's configured name; the service account at all others. */
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

type Entry = z.output<typeof entry>
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
  const entries = readEntries(file, wording, issues)
  if (!entries) return null
  const parsed = entries.map(([name, value]) => readOperator(name, value, context))
  const operators = parsed.flatMap(({ operator }) => (operator ? [operator] : []))
  const reasons = [...parsed.flatMap((each) => each.reasons), ...findRepeats(operators, others)]
  issues.push(...reasons.map((reason) => ({ variable: file.variable, reason })))
  return reasons.length === 0 ? operators : null
}

function readOperator(
  name: string,
  value: unknown,
  { variables, kindsByName }: Omit<OperatorsContext, 'others'>,
): { readonly operator: Operator | null; readonly reasons: readonly string[] } {
  if (!operatorName.test(name)) {
    const reason = `operator ${JSON.stringify(name)} must have a name of letters, digits and _ . @ -`
    return { operator: null, reasons: [reason] }
  }
  const unresolved: PathIssue[] = []
  const resolved = resolveReferences(value, variables, (path, reason) => unresolved.push({ path, reason }))
  const { success, data, error } = entry.safeParse(resolved)
  const knownKeys = (path: readonly PropertyKey[]) => Object.keys((path.length === 0 ? entry : agent).shape)
  const invalid = success ? providerIssues(data, kindsByName) : toPathIssues(error, knownKeys)
  const reasons = toReasons(name, unresolved, invalid)
  return { operator: success && reasons.length === 0 ? toOperator(name, data) : null, reasons }
}

function toOperator(name: string, { agents, ...entry }: Entry): Operator {
  if (agents === undefined) return { name, ...entry }
  const credentials = Object.entries(agents).map(([provider, { token, ...ids }]) => {
    const agentId = Object.values(ids).find((id) => typeof id === 'string') ?? ''
    return [provider, { agentId, token }] as const
  })
  return { name, ...entry, agents: Object.fromEntries(credentials) }
}

function providerIssues(
  { providers = [], agents = {} }: Pick<Entry, 'providers' | 'agents'>,
  kindsByName: KindsByName,
): readonly PathIssue[] {
  if (kindsByName === null) return []
  const unknown = 'is no configured provider'
  const names = [...kindsByName.keys()]
  return [
    ...providers
      .map((provider, index) => ({ provider, path: ['providers', index] }))
      .filter(({ provider }) => !kindsByName.has(provider))
      .map(({ provider, path }) => ({ path, reason: `${unknown}${didYouMean(provider, names)}` })),
    ...Object.entries(agents).flatMap(([provider, credential]) => {
      const kind = kindsByName.get(provider)
      const reason = kind === undefined ? unknown : agentIssue(credential, kind)
      return reason === null ? [] : [{ path: ['agents', provider], reason }]
    }),
  ]
}

function agentIssue({ token: _token, ...ids }: z.output<typeof agent>, kind: string): string | null {
  const { agentIdKey, label } = definitionOf(kind)
  const [key, ...others] = Object.keys(ids)
  return key === agentIdKey && others.length === 0 ? null : `takes ${agentIdKey} and token, as a ${label}`
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
