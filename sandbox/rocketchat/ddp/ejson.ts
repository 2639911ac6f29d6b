/**
 * An object as Meteor's EJSON shows it in a frame: dates are `{"$date": epoch ms}` (docs/providers/rocketchat.md 7.2). The
 * result can be written as JSON.
 */
export function toEjson(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, valueToEjson(value)]))
}

function valueToEjson(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() }
  if (Array.isArray(value)) return value.map(valueToEjson)
  return typeof value === 'object' && value !== null ? toEjson(value) : value
}
