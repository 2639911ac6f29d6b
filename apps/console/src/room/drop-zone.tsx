import { type DragEvent, type ReactNode, useState } from 'react'
import { useTexts } from '../texts/language-context.tsx'

interface DropZoneProps {
  /** Receives the files; null where none can be sent, and then nothing can be dropped. */
  readonly onFiles: ((files: readonly File[]) => void) | null
  readonly children: ReactNode
}

/** Accepts files that are dropped onto the conversation. */
export function DropZone({ onFiles, children }: DropZoneProps) {
  const { conversation } = useTexts()
  // Each child that the pointer enters and leaves has events of its own.
  const [depth, setDepth] = useState(0)
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')
  const onDragOver = (event: DragEvent) => {
    if (!hasFiles(event)) return
    // Without this the browser would leave the page and open the file.
    event.preventDefault()
    event.dataTransfer.dropEffect = onFiles ? 'copy' : 'none'
  }
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    setDepth(0)
    onFiles?.([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut for the button that chooses files.
    <div
      className="drop-zone"
      onDragEnter={(event) => hasFiles(event) && setDepth((current) => current + 1)}
      onDragLeave={(event) => hasFiles(event) && setDepth((current) => Math.max(0, current - 1))}
      onDragOver={onDragOver}
      onDrop={onDrop}
    >
      {children}
      {depth > 0 && onFiles && <p className="drop-hint">{conversation.drop}</p>}
    </div>
  )
}
