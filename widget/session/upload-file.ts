import { CallError, lostFailure } from './failure.ts';
import { parseProblem } from './problem.ts';

export type FileUpload = {
  path: string;
  file: Blob;
  bearer: string;
  signal: AbortSignal;
  /** From 0 to 1, of the bytes that have left. */
  onProgress(share: number): void;
};

/** Silence after the last sign of life, in milliseconds; a slow line that still moves may take its time. */
const silenceMs = 90_000;

/** Raw bytes by PUT. XMLHttpRequest, since fetch tells nothing about how far an upload has come. Rejects with a CallError. */
export function uploadFile({ path, file, bearer, signal, onProgress }: FileUpload): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lose = () => reject(new CallError(lostFailure()));
    const watch = watchSilence(() => request.abort());
    request.open('PUT', path);
    request.setRequestHeader('authorization', `Bearer ${bearer}`);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => {
      watch.heard();
      onProgress(total > 0 ? loaded / total : 0);
    };
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new CallError(parseProblem(request.status, request.responseText)));
    request.onerror = lose;
    request.onabort = lose;
    request.onloadend = watch.end;
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function watchSilence(onSilence: () => void) {
  let timer = setTimeout(onSilence, silenceMs);
  return {
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, silenceMs);
    },
    end: () => clearTimeout(timer),
  };
}
