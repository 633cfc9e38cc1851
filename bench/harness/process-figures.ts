import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB (2^20 bytes). Linux only. */
export function readResidentMb(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** Bytes that a process has read and written so far, files and sockets alike. Linux only. */
export function readBytesMoved(pid: number): { read: number; written: number } {
  const text = readFileSync(`/proc/${pid}/io`, 'utf8');
  return {
    read: Number(/^rchar: (\d+)$/m.exec(text)?.[1]),
    written: Number(/^wchar: (\d+)$/m.exec(text)?.[1]),
  };
}

/** Watches a process's resident memory every 20 ms until it is stopped. */
export function watchResidentMb(pid: number): { stop(): { startMb: number; peakMb: number } } {
  const startMb = readResidentMb(pid);
  let peakMb = startMb;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, readResidentMb(pid));
  }, 20);
  return {
    stop: () => {
      clearInterval(timer);
      return { startMb, peakMb };
    },
  };
}
