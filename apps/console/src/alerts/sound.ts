let context: AudioContext | null = null

/** Seconds of each of the two tones. */
const TONE = 0.14

/** Plays two short tones. Browsers stay silent until the operator has pressed or typed something in the page. */
export function playSound(): void {
  context ??= new AudioContext()
  const at = context.currentTime
  if (context.state === 'suspended') void context.resume()
  playTone(context, 660, at)
  playTone(context, 880, at + TONE)
}

function playTone(audio: AudioContext, frequency: number, at: number): void {
  const tone = new OscillatorNode(audio, { frequency })
  const volume = new GainNode(audio, { gain: 0 })
  volume.gain.setValueAtTime(0.15, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + TONE)
  tone.connect(volume).connect(audio.destination)
  tone.start(at)
  tone.stop(at + TONE)
}
