const RATE = 16_000;
const SECONDS = 2;

/** Two seconds of a soft chime as WAV: a voice message without asking for the microphone. */
export function recordSampleVoice(): File {
  const samples = RATE * SECONDS;
  const view = new DataView(new ArrayBuffer(44 + samples * 2));
  writeHeader(view, samples * 2);
  for (let i = 0; i < samples; i += 1) {
    const time = i / RATE;
    const note = time < 0.6 ? 659 : time < 1.2 ? 523 : 392;
    const fade = Math.exp(-3 * (time % 0.6));
    view.setInt16(44 + i * 2, Math.sin(2 * Math.PI * note * time) * fade * 9000, true);
  }
  return new File([view.buffer], "voice.wav", { type: "audio/wav" });
}

/** RIFF: 16 bit, one channel. */
function writeHeader(view: DataView, bytes: number) {
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i += 1) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, "RIFF");
  view.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, bytes, true);
}
