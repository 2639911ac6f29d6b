import { useTexts } from '../texts/language-context.tsx'

const CARDS = [1, 2, 3] as const

/** Takes the place of cards while they are loaded. */
export function WaitingCards() {
  const { general } = useTexts()
  return (
    <div role="status" className="waiting-cards">
      <span className="visually-hidden">{general.loading}</span>
      {CARDS.map((card) => (
        <div key={card} className="card waiting-card" aria-hidden="true">
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}
