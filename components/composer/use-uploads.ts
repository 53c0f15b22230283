"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Carriage } from "@/lib/domain/carries-mms";
import type { ThreadMedia } from "@/lib/domain/inbox";
import { findMediaFault, maxMedia } from "@/lib/domain/media-rule";
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
  /** Files that are already with our server, such as those of a reply that was stopped. */
  restore: (media: readonly ThreadMedia[]) => void;
  clear: () => void;
  isBusy: boolean;
  hasFault: boolean;
  media: readonly ThreadMedia[];
};

/** The files of one message under way to our server, each with its progress and its fault. */
export function useUploads(carriage: Carriage, first: readonly ThreadMedia[] = []): Uploads {
  const [items, setItems] = useState<readonly Upload[]>(() => first.map(fromMedia));
  const running = useRef(new Map<string, AbortController>());

  const patch = useCallback((key: string, change: Partial<Upload>) => {
    setItems((held) => held.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }, []);

  const start = useCallback(
    async (key: string, file: File) => {
      const controller = new AbortController();
      running.current.set(key, controller);
      patch(key, { share: 0, fault: null });
      const uploaded = await uploadFile(file, {
        signal: controller.signal,
        onProgress: (share) => patch(key, { share }),
      });
      running.current.delete(key);
      if (uploaded.ok) patch(key, { share: 1, media: uploaded.media });
      else if (uploaded.code !== "aborted") {
        patch(key, { fault: { code: uploaded.code, detail: uploaded.detail } });
      }
    },
    [patch],
  );

  const add = useCallback(
    (files: Iterable<File>) => {
      const free = maxMedia(carriage) - items.filter((item) => item.fault === null).length;
      const fresh = withinCount(
        [...files].map((file) => toUpload(file, carriage)),
        free,
      );
      setItems((held) => [...held, ...fresh]);
      for (const item of fresh) if (item.file && !item.fault) void start(item.key, item.file);
    },
    [carriage, items, start],
  );

  const remove = useCallback((key: string) => {
    running.current.get(key)?.abort();
    setItems((held) => held.filter((item) => item.key !== key));
  }, []);

  const again = useCallback(
    (key: string) => {
      const item = items.find((held) => held.key === key);
      if (item?.file) void start(key, item.file);
    },
    [items, start],
  );

  useEffect(() => {
    const held = running.current;
    return () => {
      for (const controller of held.values()) controller.abort();
    };
  }, []);

  return useMemo(
    () => ({
      items,
      add,
      remove,
      again,
      restore: (media) => setItems(media.map(fromMedia)),
      clear: () => setItems([]),
      isBusy: items.some((item) => item.media === null && item.fault === null),
      hasFault: items.some((item) => item.fault !== null),
      media: items.flatMap((item) => item.media ?? []),
    }),
    [items, add, remove, again],
  );
}

/** What cannot leave this way is not uploaded at all. */
function toUpload(file: File, carriage: Carriage): Upload {
  const fault = findMediaFault(carriage, { contentType: file.type || null, size: file.size });
  return {
    key: crypto.randomUUID(),
    name: file.name,
    file,
    share: 0,
    media: null,
    fault: fault && { code: fault.code, detail: null, maxBytes: fault.maxBytes, isFinal: true },
  };
}

/** More than a message carries are not uploaded either, and shown: none is dropped without a word. */
function withinCount(uploads: readonly Upload[], free: number): Upload[] {
  let left = free;
  return uploads.map((upload) => {
    if (upload.fault || left-- > 0) return upload;
    return { ...upload, fault: { code: "too_many_media", detail: null, isFinal: true } };
  });
}

function fromMedia(media: ThreadMedia): Upload {
  return { key: media.id, name: media.fileName ?? "", file: null, share: 1, media, fault: null };
}
