import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB (2^20 bytes). Linux only. */
export const readResidentMb = (pid: number): number => readStatusKib(pid, 'VmRSS') / 1024;

/** The most that a process was resident since it began, in bytes. Linux only. */
export const readPeakResidentBytes = (pid: number): number => readStatusKib(pid, 'VmHWM') * 1024;

function readStatusKib(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
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
