const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** Gives the variables that a file's text reads by `${NAME}`. */
export function referencedVariables(fileText: string): ReadonlySet<string> {
  return new Set([...fileText.matchAll(REFERENCE)].map(([, name = '']) => name))
}

/** Puts variables in the place of `${NAME}`; `reason` says why that cannot be done. */
export function resolveReferences(
  entry: unknown,
  set: ReadonlyMap<string, string>,
): { readonly value: unknown; readonly reason?: string } {
  if (typeof entry !== 'string') return { value: entry }
  const unset = [...referencedVariables(entry)].filter((name) => !set.has(name))
  if (unset.length > 0) return { value: entry, reason: `reads ${unset.join(' and ')}, which is not set` }
  if (entry.replace(REFERENCE, '').includes('${')) {
    return { value: entry, reason: 'has a reference that is not a dollar sign and a variable name in braces' }
  }
  return { value: entry.replace(REFERENCE, (_, name: string) => set.get(name) ?? '') }
}
