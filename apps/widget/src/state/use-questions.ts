import { sendOperation } from '@switchboard/client'
import { useEffect, useState } from 'preact/hooks'
import { formDocument } from '../documents.ts'
import { useEnvironment } from '../environment.ts'
import { DEFAULT_QUESTIONS, type Question } from '../settings.ts'

const NO_QUESTIONS: readonly Question[] = []

/**
 * What to ask before a conversation with the provider or the department of this id: what the page says, else what the provider
 * asks. Null until that is known; after a change of the id the earlier questions stay until then.
 */
export function useQuestions(id: string, isWanted: boolean): readonly Question[] | null {
  const { gateway, settings } = useEnvironment()
  const own = isWanted ? settings.questions : NO_QUESTIONS
  const [asked, setAsked] = useState<readonly Question[] | null>(null)
  useEffect(() => {
    if (own) return
    let isCurrent = true
    const load = async () => {
      const { data } = await sendOperation(gateway.session, formDocument, { id })
      const node = data?.node
      return node && 'preChatForm' in node ? node.preChatForm?.fields : null
    }
    void load()
      .catch(() => null)
      .then((fields) => isCurrent && setAsked(fields ?? DEFAULT_QUESTIONS))
    return () => {
      isCurrent = false
    }
  }, [gateway, id, own])
  return own ?? asked
}
