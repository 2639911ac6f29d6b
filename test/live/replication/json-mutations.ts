import { expect } from 'vitest'
import { isJsonObject } from '../../../src/domain/json.ts'

/** A text that another version of the gateway could have written, and what differs in it. */
interface Mutation {
  readonly path: string
  readonly text: string
}

/**
 * Expects that a text is unreadable as soon as any field is missing, except the optional ones, or has another type; and
 * that further fields are ignored in every object of it.
 */
export function expectStrictDecoding(
  text: string,
  decode: (text: string) => unknown,
  optionalFields: readonly string[] = [],
): void {
  const original: unknown = JSON.parse(text)
  const decoded = decode(text)
  expect(decoded).not.toBeNull()
  const missing = [...mutations(original, withoutFields)].filter(({ path }) => {
    return !optionalFields.includes(path.slice(path.lastIndexOf('.') + 1))
  })
  const readable = [...missing, ...mutations(original, withOtherTypes)].filter((mutation) => {
    return decode(mutation.text) !== null
  })
  expect(readable.map(({ path }) => path)).toEqual([])
  expect(missing.length).toBeGreaterThan(0)
  for (const { text: extended } of mutations(original, withFurtherField)) {
    expect(decode(extended)).toStrictEqual(decoded)
  }
}

/** A part of the original, and the path to what differs in it. */
type MutatedPart = readonly [path: string, value: unknown]

type Mutate = (value: unknown) => Iterable<MutatedPart>

/** All texts in which one value somewhere in the original is mutated. */
function* mutations(original: unknown, mutate: Mutate): Generator<Mutation> {
  for (const [path, value] of mutateAnywhere(original, mutate)) yield { path, text: JSON.stringify(value) }
}

function* mutateAnywhere(value: unknown, mutate: Mutate): Generator<MutatedPart> {
  yield* mutate(value)
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    for (const [path, mutated] of mutateAnywhere(member, mutate)) {
      const copy = Array.isArray(value)
        ? value.map((item, index) => (index === Number(key) ? mutated : item))
        : { ...value, [key]: mutated }
      yield [`.${key}${path}`, copy]
    }
  }
}

function* withoutFields(value: unknown): Generator<MutatedPart> {
  if (!isJsonObject(value)) return
  for (const key of Object.keys(value)) {
    const { [key]: _, ...others } = value
    yield [`.${key}`, others]
  }
}

function* withOtherTypes(value: unknown): Generator<MutatedPart> {
  if (typeof value !== 'boolean') yield ['', false]
  // A number may stand where null does.
  if (value !== null) yield ['', typeof value === 'number' ? 'text' : 7]
}

function* withFurtherField(value: unknown): Generator<MutatedPart> {
  if (isJsonObject(value)) yield ['', { ...value, furtherField: { nested: [1] } }]
}
