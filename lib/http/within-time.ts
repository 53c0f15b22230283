/**
 * What `work` comes to, or null when it takes longer than `ms` milliseconds. Work that is late goes
 * on; its error, if it then has one, is no longer anybody's. One promise of its own: it stands at the door of
 * every callback, and an async function with a race in it would make seven.
 */
export function withinTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, null);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
