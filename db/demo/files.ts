import { deflateSync } from "node:zlib";
import type { PictureKey } from "./script";

/** Files of the demo, drawn when it is loaded: small, and the same every time. */
export type DemoFile = {
  bytes: Buffer;
  contentType: string;
  fileName: string;
  width: number | null;
  height: number | null;
};

const WIDTH = 360;
const HEIGHT = 240;

type Rgb = readonly [number, number, number];
type Paint = (x: number, y: number) => Rgb;

export function drawFile(key: PictureKey): DemoFile {
  switch (key) {
    case "invoice":
      return {
        ...NO_SIZE,
        bytes: invoice(),
        contentType: "application/pdf",
        fileName: "tarifs.pdf",
      };
    case "voice":
      return { ...NO_SIZE, bytes: chime(), contentType: "audio/wav", fileName: "message.wav" };
    case "bike":
      return picture(key, bike);
    case "wheel":
      return picture(key, wheel);
    case "lake":
      return picture(key, landscape([168, 208, 232], [232, 240, 244], [58, 110, 140], 70));
    case "sunset":
      return picture(key, landscape([250, 178, 108], [255, 226, 180], [92, 70, 110], 120));
    case "bag":
      return picture(key, bag);
    default:
      return key satisfies never;
  }
}

const NO_SIZE = { width: null, height: null };

function picture(key: string, paint: Paint): DemoFile {
  const bytes = encodePng(WIDTH, HEIGHT, paint);
  return { bytes, contentType: "image/png", fileName: `${key}.png`, width: WIDTH, height: HEIGHT };
}

/** Sky, sun, two lines of hills. */
function landscape(top: Rgb, horizon: Rgb, hills: Rgb, sunY: number): Paint {
  return (x, y) => {
    const near = 176 + 18 * Math.sin(x / 41) + 7 * Math.sin(x / 13);
    const far = 142 + 24 * Math.sin(x / 67 + 1.3) + 6 * Math.sin(x / 19);
    if (y > near) return mix(hills, [20, 32, 40], 0.35 + (y - near) / 220);
    if (y > far) return mix(hills, horizon, 0.42);
    if (Math.hypot(x - 262, y - sunY) < 24) return [255, 246, 214];
    return mix(top, horizon, y / 150);
  };
}

const PAPER: Rgb = [241, 238, 230];
const INK: Rgb = [38, 52, 64];

function bike(x: number, y: number): Rgb {
  const wheelAt = (cx: number) => Math.abs(Math.hypot(x - cx, y - 158) - 46) < 3.5;
  const tubes: [number, number, number, number][] = [
    [112, 158, 168, 158],
    [112, 158, 150, 98],
    [150, 98, 228, 98],
    [168, 158, 228, 98],
    [168, 158, 144, 86],
    [222, 80, 248, 158],
  ];
  if (wheelAt(112) || wheelAt(248)) return INK;
  if (tubes.some((tube) => distance(x, y, tube) < 4)) return [33, 128, 141];
  if (distance(x, y, [130, 84, 158, 84]) < 4 || distance(x, y, [222, 80, 244, 72]) < 4) return INK;
  return y > 206 ? [214, 207, 190] : mix([222, 236, 238], PAPER, y / HEIGHT);
}

function wheel(x: number, y: number): Rgb {
  const radius = Math.hypot(x - 180, y - 120);
  const angle = Math.atan2(y - 120, x - 180);
  if (Math.abs(radius - 96) < 8) return [44, 44, 48];
  if (Math.abs(radius - 82) < 4) return [168, 172, 178];
  if (Math.abs(radius - 44) < 9 && Math.sin(angle * 12) > -0.6) return [142, 120, 96];
  if (radius < 10) return INK;
  if (radius < 82 && Math.abs(Math.sin(angle * 9)) < 0.03 + 0.9 / radius) return [148, 152, 158];
  return mix([205, 198, 184], [150, 142, 130], (x + y) / (WIDTH + HEIGHT));
}

function bag(x: number, y: number): Rgb {
  const isBody = x > 100 && x < 260 && y > 92 && y < 206;
  const handle = Math.abs(Math.hypot((x - 180) / 1.1, y - 92) - 44) < 5 && y < 96;
  if (handle) return [34, 62, 110];
  if (isBody && Math.abs(y - 132) < 2) return [230, 196, 110];
  if (isBody) return mix([54, 102, 176], [34, 70, 130], (y - 92) / 114);
  return y > 200 ? [196, 178, 152] : mix([240, 236, 228], [222, 214, 200], y / HEIGHT);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const t = Math.min(1, Math.max(0, share));
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function distance(x: number, y: number, [ax, ay, bx, by]: [number, number, number, number]) {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** PNG (RFC 2083): 8-bit RGB, no filter. */
function encodePng(width: number, height: number, paint: Paint): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows.set(paint(x, y).map(Math.round), y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Two seconds of a small bell, 8 kHz, 8 bits (RIFF WAVE, PCM). */
function chime(): Buffer {
  const rate = 8000;
  const samples = Buffer.alloc(rate * 2);
  for (let n = 0; n < samples.length; n += 1) {
    const t = (n % rate) / rate;
    const tone = Math.sin(2 * Math.PI * (n < rate ? 660 : 880) * t) * Math.exp(-3 * t);
    samples[n] = 128 + Math.round(90 * tone);
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** One page of PDF 1.4 with a line of text. */
function invoice(): Buffer {
  const text = "BT /F1 20 Tf 60 760 Td (Atelier Solstice - Tarifs) Tj ET";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let pdf = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(at).padStart(10, "0");
  });
  const table = offsets.map((at) => `${at} 00000 n \n`).join("");
  const size = objects.length + 1;
  pdf += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.lastIndexOf("endobj") + 7}\n%%EOF\n`;
  return Buffer.from(pdf, "latin1");
}
