/** A landscape at dusk, drawn here: a photo to send when none is at hand. */
export async function drawSamplePhoto(): Promise<File> {
  const canvas = document.createElement("canvas");
  canvas.width = 960;
  canvas.height = 640;
  const pen = canvas.getContext("2d");
  if (pen) drawDusk(pen, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", 0.85);
  });
  return new File([blob ?? ""], "photo.jpg", { type: "image/jpeg" });
}

function drawDusk(pen: CanvasRenderingContext2D, width: number, height: number) {
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, "#2b3a67");
  sky.addColorStop(0.6, "#e08e6d");
  sky.addColorStop(1, "#f6d8a8");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#ffe9c4";
  pen.beginPath();
  pen.arc(width * 0.68, height * 0.52, 46, 0, 2 * Math.PI);
  pen.fill();
  drawHills(pen, { width, height, base: 0.62, swell: 40, colour: "#5b4b75" });
  drawHills(pen, { width, height, base: 0.76, swell: 28, colour: "#37304f" });
}

type Hills = { width: number; height: number; base: number; swell: number; colour: string };

function drawHills(pen: CanvasRenderingContext2D, { width, height, base, swell, colour }: Hills) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(0, height);
  for (let x = 0; x <= width; x += 8) {
    pen.lineTo(x, height * base + Math.sin(x / 90 + base * 20) * swell + Math.sin(x / 37) * 8);
  }
  pen.lineTo(width, height);
  pen.fill();
}
