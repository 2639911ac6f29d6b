import { useState } from 'react'
import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'

interface CopyButtonProps {
  /** The button's name, for example "Copy the e-mail address". */
  readonly label: string
  readonly text: string
}

/** Copies a text to the clipboard. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const { details: t } = useTexts()
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    )
  return (
    <>
      <button
        type="button"
        className="quiet icon-only copy"
        aria-label={label}
        title={label}
        onClick={() => void copy()}
        onBlur={() => setState('idle')}
      >
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
      </button>
      <span role="status" className="copy-state">
        {state === 'copied' && t.copied}
        {state === 'failed' && t.notCopied}
      </span>
    </>
  )
}
