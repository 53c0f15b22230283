import type { SimMedia } from "@/lib/embedded/simulator/words";

/** Hands a file to the phone. @returns null when it was refused or the line is down. */
export async function uploadToPhone(file: File): Promise<SimMedia | null> {
  const query = new URLSearchParams({ fileName: file.name });
  try {
    const response = await fetch(`/simulator/data/media?${query}`, {
      method: "POST",
      headers: { "content-type": file.type || "application/octet-stream" },
      body: file,
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
