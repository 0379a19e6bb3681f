import { CallError, lostFailure } from '../failures/failure.ts';
import { parseProblem } from './problem.ts';

export type FileUpload = {
  path: string;
  file: Blob;
  bearer: string;
  signal: AbortSignal;
  /** The share of bytes sent, from 0 to 1. */
  onProgress(share: number): void;
};

/** The longest time without progress, in milliseconds. A slow upload that still moves may continue. */
const silenceMs = 90_000;

/** Uploads raw bytes by PUT. XMLHttpRequest, because fetch reports no upload progress. Rejects with a CallError. */
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
