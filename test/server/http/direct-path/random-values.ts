import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import type { Random } from './random.ts'

/** The ids and native ids that values are chosen from. */
export interface IdPool {
  readonly ids: readonly string[]
  readonly texts: readonly string[]
}

/** A name in a value, which is printed without quotes. */
export class EnumName {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  toJSON(): string {
    return this.name
  }
}

const ODD_TEXTS = [
  '',
  ' ',
  '__proto__',
  'constructor',
  '"]}`\\',
  '\u2028\u0000',
  '🎁',
  '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8',
  'x'.repeat(300),
]
const TIMES = ['2020-01-02T03:04:05.678Z', '2026-11-01T00:00:00+02:00', '2030-01-01T00:00:00Z']
const DAYS = ['2026-11-01', '2020-01-02', '2026-11-29']
const WRONG_TIMES = ['2026-02-30T00:00:00Z', '2026-13-01', 'yesterday', '']
const INTS = [1, 1, 2, 3, 3, 5, 0, -1, 101, 2 ** 31 - 1]
const WRONG: readonly unknown[] = [
  1.5,
  2 ** 31,
  '1',
  'x',
  true,
  null,
  {},
  [],
  [[1]],
  { id: 1 },
  ['x', null],
  -0,
]

/** A value of a type, as JSON with enum names; most often a valid one. */
export function randomValue(random: Random, type: GraphQLInputType, pool: IdPool): unknown {
  if (isNonNullType(type))
    return randomValue(random, type.ofType, pool) ?? randomValue(random, type.ofType, pool)
  if (random.chance(0.04)) return null
  if (isListType(type)) {
    if (random.chance(0.1)) return randomValue(random, type.ofType, pool)
    return Array.from({ length: random.below(4) }, () => randomValue(random, type.ofType, pool))
  }
  if (isEnumType(type)) return new EnumName(random.pick(type.getValues()).name)
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isRequiredInputField(field) || random.chance(0.4),
    )
    return Object.fromEntries(fields.map((field) => [field.name, randomValue(random, field.type, pool)]))
  }
  return randomScalar(random, getNamedType(type).name, pool)
}

function randomScalar(random: Random, name: string, { ids, texts }: IdPool): unknown {
  if (name === 'Int') return random.pick(INTS)
  if (name === 'Boolean') return random.chance(0.5)
  if (name === 'DateTime' || name === 'Date') {
    if (random.chance(0.05)) return random.pick(WRONG_TIMES)
    return random.pick(name === 'Date' ? DAYS : TIMES)
  }
  if (name === 'ID') return random.chance(0.05) ? random.below(1_000) : random.pick(ids)
  return random.chance(0.2) ? random.pick(ODD_TEXTS) : random.pick(texts)
}

/** A value that most types do not accept. */
export function wrongValue(random: Random): unknown {
  return random.pick(WRONG)
}

/** A value as a literal of GraphQL. */
export function printValue(value: unknown): string {
  if (value instanceof EnumName) return value.name
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${printValue(field)}`)
  return `{ ${fields.join(', ')} }`
}
