/** One row of the table: what was measured, and what the goal says about it. */
export interface Figure {
  readonly what: string
  readonly measured: string
  readonly goal: string
  readonly isHeld: boolean
}

/** Formats rows as a Markdown table. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, measured, goal, isHeld }) =>
      `| ${what} | ${measured} | ${goal} | ${isHeld ? 'held' : 'missed'} |`,
  )
  return ['| figure | measured | goal | |', '|---|---|---|---|', ...rows].join('\n')
}

/** The value below which this share of the values is; 0 without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
