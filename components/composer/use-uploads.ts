"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Carriage } from "@/lib/domain/carries-mms";
import type { ThreadMedia } from "@/lib/domain/inbox";
import { findFileFaults } from "@/lib/domain/media-rule";
import type { HeldFile } from "../inbox/inbox-state";
import { uploadFile } from "./upload-file";

export type Upload = {
  key: string;
  name: string;
  file: File | null;
  /** 0..1 */
  share: number;
  media: ThreadMedia | null;
  fault: {
    code: string;
    detail: string | null;
    /** What it may have at most, where that is what is wrong. */
    maxBytes?: number | null;
    /** Trying again would change nothing. */
    isFinal?: boolean;
  } | null;
};

export type Uploads = {
  items: readonly Upload[];
  add: (files: Iterable<File>) => void;
  remove: (key: string) => void;
  again: (key: string) => void;
  /** Files of a reply that was stopped, or of what was begun in another conversation. */
  restore: (files: readonly HeldFile[]) => void;
  clear: () => void;
  isBusy: boolean;
  hasFault: boolean;
  media: readonly ThreadMedia[];
  /** All of them, whatever keeps one from leaving here. */
  files: readonly HeldFile[];
};

/**
 * The files of one message under way to our server, each with its progress and its fault. What keeps one
 * from leaving is judged anew whenever the sender changes or a file goes, and only what may leave is uploaded.
 */
export function useUploads(carriage: Carriage, first: readonly HeldFile[] = []): Uploads {
  const [held, setHeld] = useState<readonly Upload[]>(() => first.map(toUpload));
  const items = useMemo(() => judge(held, carriage), [held, carriage]);
  // Kept when one ends: an effect of a picture drawn before its end would else start it twice.
  const started = useRef(new Map<string, AbortController>());

  const patch = useCallback((key: string, change: Partial<Upload>) => {
    setHeld((all) => all.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }, []);

  const start = useCallback(
    async (key: string, file: File) => {
      const controller = new AbortController();
      started.current.set(key, controller);
      const uploaded = await uploadFile(file, {
        signal: controller.signal,
        onProgress: (share) => patch(key, { share }),
      });
      if (uploaded.ok) patch(key, { share: 1, media: uploaded.media });
      else if (uploaded.code !== "aborted") {
        patch(key, { fault: { code: uploaded.code, detail: uploaded.detail } });
      }
    },
    [patch],
  );

  useEffect(() => {
    for (const { key, file, media, fault } of items) {
      if (file && !media && !fault && !started.current.has(key)) void start(key, file);
    }
  }, [items, start]);

  const add = useCallback((files: Iterable<File>) => {
    const fresh = [...files].map(fromFile);
    setHeld((all) => [...all, ...fresh]);
  }, []);

  const remove = useCallback((key: string) => {
    started.current.get(key)?.abort();
    setHeld((all) => all.filter((item) => item.key !== key));
  }, []);

  const again = useCallback(
    (key: string) => {
      started.current.delete(key);
      patch(key, { share: 0, fault: null });
    },
    [patch],
  );

  const abortAll = useCallback(() => {
    for (const controller of started.current.values()) controller.abort();
  }, []);
  useEffect(() => abortAll, [abortAll]);

  return useMemo(
    () => ({
      items,
      add,
      remove,
      again,
      restore: (files) => setHeld(files.map(toUpload)),
      clear: () => {
        abortAll();
        setHeld([]);
      },
      isBusy: items.some((item) => item.media === null && item.fault === null),
      hasFault: items.some((item) => item.fault !== null),
      media: items.flatMap((item) => item.media ?? []),
      files: items.flatMap((item) => item.media ?? item.file ?? []),
    }),
    [items, add, remove, again, abortAll],
  );
}

/** None is dropped without a word: what cannot leave stays, shown with its fault. */
function judge(held: readonly Upload[], carriage: Carriage): Upload[] {
  const faults = findFileFaults(carriage, held.map(weigh));
  return held.map((item, index) => {
    const fault = faults[index];
    return fault ? { ...item, fault: { ...fault, detail: null, isFinal: true } } : item;
  });
}

function weigh({ file, media }: Upload) {
  const contentType = media ? media.contentType : file?.type || null;
  return { contentType, size: (media ?? file)?.size ?? null };
}

function toUpload(file: HeldFile): Upload {
  return file instanceof File ? fromFile(file) : fromMedia(file);
}

function fromFile(file: File): Upload {
  return { key: crypto.randomUUID(), name: file.name, file, share: 0, media: null, fault: null };
}

function fromMedia(media: ThreadMedia): Upload {
  return { key: media.id, name: media.fileName ?? "", file: null, share: 1, media, fault: null };
}
