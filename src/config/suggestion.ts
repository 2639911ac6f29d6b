const TYPING_ERRORS = 2

/** Gives the known name that at most two typing errors (a letter added, lost or changed) separate from this one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ distance }) => distance <= TYPING_ERRORS)
    .sort((a, b) => a.distance - b.distance)
  return best?.candidate
}

/** Gives the end of a fault's reason: `; did you mean X?`, or nothing where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearestName(name, known) ?? known.find((candidate) => candidate.startsWith(name))
  return meant === undefined ? '' : `; did you mean ${meant}?`
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
