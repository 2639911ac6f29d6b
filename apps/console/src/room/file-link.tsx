import { useContext, useState } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { FilesContext } from '../gateway-context.ts'

type Attachment = ConsoleMessageFragment['attachments'][number]

/** A file of a message, which is saved at a press, or a link to another site. */
export function FileLink({ url, externalUrl, name }: Attachment) {
  const readFile = useContext(FilesContext)
  const [hasFailed, setFailed] = useState(false)
  if (externalUrl !== null) {
    return (
      <a href={externalUrl} rel="noreferrer noopener" target="_blank">
        {name ?? externalUrl}
      </a>
    )
  }
  const save = async () => {
    const file = await readFile(url).catch(() => null)
    setFailed(!file)
    if (file) saveAs(file, name ?? 'file')
  }
  return (
    <>
      <button type="button" className="quiet" onClick={() => void save()}>
        {name ?? 'A file'}
      </button>
      {hasFailed && (
        <span role="alert" className="error">
          The file cannot be read.
        </span>
      )}
    </>
  )
}

function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
