import { type ReactNode, type ToggleEvent, useState } from 'react'

interface SectionProps {
  /** Identifies the section: whether it is open is stored for later rooms. */
  readonly id: string
  readonly title: string
  /** Number of items, shown in the heading. */
  readonly count?: string
  readonly children: ReactNode
}

/** A section of the pane, which the operator can fold up. */
export function Section({ id, title, count, children }: SectionProps) {
  const [isOpen, setOpen] = useState(() => !isFolded(id))
  const onToggle = ({ newState }: ToggleEvent<HTMLDetailsElement>) => {
    setOpen(newState === 'open')
    storeFolded(id, newState !== 'open')
  }
  return (
    <details className="section" open={isOpen} onToggle={onToggle}>
      <summary>
        <h3>{title}</h3>
        {count !== undefined && <span className="section-count">{count}</span>}
      </summary>
      <div className="section-body">{children}</div>
    </details>
  )
}

const STORED_AS = 'switchboard-folded-'

function isFolded(id: string): boolean {
  return localStorage.getItem(STORED_AS + id) !== null
}

function storeFolded(id: string, folded: boolean): void {
  if (folded) localStorage.setItem(STORED_AS + id, 'yes')
  else localStorage.removeItem(STORED_AS + id)
}
