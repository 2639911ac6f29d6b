import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface EmptyProps {
  readonly icon: IconName
  readonly text: string
  /** What the operator can do about it. */
  readonly children?: ReactNode
}

/** Takes the place of a list without items. */
export function Empty({ icon, text, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <p>{text}</p>
      {children}
    </div>
  )
}
