const COLORS = 6

interface AvatarProps {
  readonly name: string
  /** The id that decides the colour, so that people of one name differ. */
  readonly id: string
}

/** The initials of a person in a colour of its own. The name stands next to it. */
export function Avatar({ name, id }: AvatarProps) {
  return (
    <span className={`avatar avatar-${colorOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const [first = '?', ...others] = words.map((word) => [...word][0]?.toLocaleUpperCase())
  return `${first}${others.at(-1) ?? ''}`
}

function colorOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return sum % COLORS
}
