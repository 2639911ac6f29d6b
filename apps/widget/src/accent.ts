/** A colour of the page's brand, and the text colour that is legible on it. */
export interface Accent {
  readonly accent: string
  readonly onAccent: string
}

/** The relative luminance for which black and white have the same contrast, 4.58 (WCAG 2.2, 1.4.3). */
const MIDDLE = 0.179

/** `color` is any CSS colour. Black is legible on those that are lighter than the middle, white on the others. */
export function accentOf(color: string): Accent {
  const context = document.createElement('canvas').getContext('2d')
  if (context === null) return { accent: color, onAccent: '#fff' }
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  return { accent: color, onAccent: luminance > MIDDLE ? '#000' : '#fff' }
}

/** A channel's part of the luminance, from its value in sRGB. */
function linear(channel: number): number {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
