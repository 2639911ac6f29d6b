/** Web addresses up to a space, without the punctuation of the sentence around them. */
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}])/

/** A text whose web addresses are links. Everything else is shown as it is: no text becomes markup. */
export function LinkedText({ text }: { readonly text: string }) {
  return (
    <p class="text" dir="auto">
      {text.split(ADDRESS).map((part, index) =>
        // `split` returns the addresses at the odd places.
        index % 2 === 0 || !URL.canParse(part) ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other key.
          <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        ),
      )}
    </p>
  )
}
