const MAX_TYPING_ERRORS = 2

/** Returns the end of an issue's reason: `; did you mean X?`, or nothing if no known name is close. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearestName(name, known) ?? known.find((candidate) => candidate.startsWith(name))
  return meant === undefined ? '' : `; did you mean ${meant}?`
}

/** Returns the known name that differs by at most two typing errors (a letter added, lost or changed). */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ distance }) => distance <= MAX_TYPING_ERRORS)
    .sort((a, b) => a.distance - b.distance)
  return best?.candidate
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [line, letter] of [...a].entries()) {
    const next = [line + 1]
    for (const [column, other] of [...b].entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
