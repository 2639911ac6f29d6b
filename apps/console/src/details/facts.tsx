import type { ReactNode } from 'react'

interface FactsProps {
  /** Whether each value is below its name: for long values. */
  readonly isStacked?: boolean
  readonly children: ReactNode
}

/** Names with their values. */
export function Facts({ isStacked = false, children }: FactsProps) {
  return <dl className={isStacked ? 'facts-list stacked' : 'facts-list'}>{children}</dl>
}

interface FactProps {
  readonly name: string
  /** An absent value leaves the fact out. */
  readonly children: ReactNode
}

export function Fact({ name, children }: FactProps) {
  if (children === null || children === undefined || children === false || children === '') return null
  return (
    <div className="fact">
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  )
}
