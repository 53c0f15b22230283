"use client";

import "./globals.css";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** The frame itself failed: no words of messages, no theme; both languages in plain HTML. */
export default function GlobalError({ error, retry }: Props) {
  return (
    <html lang="fr">
      <body>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-3 p-6 text-center">
          <h1 className="font-semibold text-lg">Carillon ne répond pas pour le moment</h1>
          <p className="text-muted text-sm">
            Vos messages sont en sécurité. Réessayez dans un instant.
          </p>
          <p lang="en" className="text-muted text-sm">
            Carillon does not answer just now. Your messages are safe. Try again in a moment.
          </p>
          {error.digest ? <p className="text-subtle text-xs">{error.digest}</p> : null}
          <button
            type="button"
            onClick={retry}
            className="h-8 rounded-md bg-accent px-3 font-medium text-on-accent text-sm hover:bg-accent-hover"
          >
            Réessayer · <span lang="en">Try again</span>
          </button>
        </main>
      </body>
    </html>
  );
}
