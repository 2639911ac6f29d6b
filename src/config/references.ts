import type { Variables } from './environment.ts'

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** Returns the variables that a file's text reads by `${NAME}`. */
export function referencedVariables(fileText: string): ReadonlySet<string> {
  return new Set([...fileText.matchAll(REFERENCE)].map(([, name = '']) => name))
}

/** Replaces `${NAME}` by the variable's value; `reason` says why that is not possible. */
export function resolveReferences(
  entry: unknown,
  variables: Variables,
): { readonly value: unknown; readonly reason?: string } {
  if (typeof entry !== 'string') return { value: entry }
  const unset = [...referencedVariables(entry)].filter((name) => !variables.has(name))
  if (unset.length > 0) return { value: entry, reason: `reads ${unset.join(' and ')}, which is not set` }
  if (entry.replace(REFERENCE, '').includes('${')) {
    return { value: entry, reason: 'has a reference that is not a dollar sign and a variable name in braces' }
  }
  return { value: entry.replace(REFERENCE, (_, name: string) => variables.get(name) ?? '') }
}
