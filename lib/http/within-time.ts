/**
 * What `work` comes to, or null when it takes longer than `ms` milliseconds. Work that is late goes
 * on; its error, if it then has one, is no longer anybody's.
 */
export async function withinTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
