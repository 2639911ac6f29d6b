import type { Properties } from '../store/model.ts'
import type { Schema } from '../v3/input.ts'

/**
 * `{namespace: {name: {exists | values | exclude_values}}}`, one value per property
 * (docs/providers/livechat.md 3.2).
 */
export type PropertyFilter = Readonly<Record<string, Readonly<Record<string, PropertyTest>>>>

interface PropertyTest {
  readonly exists?: boolean
  readonly values?: readonly unknown[]
  readonly exclude_values?: readonly unknown[]
}

const oneValue: Schema = { type: 'array', items: { type: ['string', 'number', 'boolean'] }, maxItems: 1 }

/** The schema of a property filter. */
export const propertyFilter: Schema = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      properties: { exists: { type: 'boolean' }, values: oneValue, exclude_values: oneValue },
      additionalProperties: false,
      minProperties: 1,
    },
  },
}

/**
 * True if the properties pass every test. The first of `layers` that has a name decides; whether the real filter looks at the
 * thread or the chat is not documented (docs/providers/livechat.md 11.4).
 */
export function matchesProperties(filter: PropertyFilter, layers: readonly Properties[]): boolean {
  return Object.entries(filter).every(([namespace, tests]) =>
    Object.entries(tests).every(([name, test]) => {
      const value = layers.map((layer) => layer[namespace]?.[name]).find((found) => found !== undefined)
      return (
        (test.exists === undefined || test.exists === (value !== undefined)) &&
        (test.values === undefined || test.values.includes(value)) &&
        !test.exclude_values?.includes(value)
      )
    }),
  )
}
