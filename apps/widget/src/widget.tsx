import { useState } from 'preact/hooks'
import { Chat } from './chat.tsx'
import type { Gateway } from './gateway.ts'
import { forgetVisit, keepVisit, keptVisit, type Visit } from './stored-session.ts'
import { Reception } from './welcome.tsx'

/** The bubble, and the panel that it opens. */
export function Widget({ gateway }: { readonly gateway: Gateway }) {
  const [isOpen, setOpen] = useState(false)
  const [visit, setVisit] = useState(keptVisit)
  const begin = (begun: Visit) => {
    keepVisit(begun)
    setVisit(begun)
  }
  const end = () => {
    forgetVisit()
    setVisit(null)
  }
  return (
    <aside class="widget" aria-label="Chat">
      {isOpen && (
        <section class="panel" aria-label="Chat with us">
          <header>
            <h2>Chat with us</h2>
          </header>
          {visit ? (
            <Chat key={visit.roomId} gateway={gateway} visit={visit} onOver={end} />
          ) : (
            <Reception gateway={gateway} onBegun={begin} />
          )}
        </section>
      )}
      <button type="button" class="bubble" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide the chat' : 'Chat'}
      </button>
    </aside>
  )
}
