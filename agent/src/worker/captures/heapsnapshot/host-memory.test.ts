import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHostMemory } from './host-memory.ts';

const [megabyte, unlimited] = [2 ** 20, '9223372036854771712'];
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'opscenter-host-'));
  put(
    'proc/meminfo',
    'MemTotal:       16000000 kB\nMemFree:          100000 kB\nMemAvailable:    4096000 kB\n',
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function putGroup2(path: string, limit: string, usage: number, cache = 0): void {
  put(`sys/fs/cgroup/${path}/memory.max`, `${limit}\n`);
  put(`sys/fs/cgroup/${path}/memory.current`, `${usage}\n`);
  put(`sys/fs/cgroup/${path}/memory.stat`, `anon 1\ninactive_file ${cache}\nactive_file 7\n`);
}

describe('the memory that is left for a child', () => {
  it('is what the machine has available where nothing limits the process', () => {
    put('proc/self/cgroup', '0::/\n');
    expect(readHostMemory(root)).toEqual({ availableBytes: 4096000 * 1024, whose: 'the machine' });
  });

  it('is what the container’s limit leaves, its droppable cache counted as free', () => {
    put('proc/self/cgroup', '0::/kubepods/pod1\n');
    putGroup2('kubepods/pod1', String(512 * megabyte), 300 * megabyte, 40 * megabyte);
    expect(readHostMemory(root)).toEqual({ availableBytes: 252 * megabyte, whose: 'the container' });
  });

  it('is the least that any group above leaves, and never less than nothing', () => {
    put('proc/self/cgroup', '0::/kubepods/pod1\n');
    putGroup2('kubepods/pod1', 'max', 300 * megabyte);
    putGroup2('kubepods', String(800 * megabyte), 900 * megabyte);
    expect(readHostMemory(root)).toEqual({ availableBytes: 0, whose: 'the container' });
  });

  it('is found in a container that sees its own group as the root', () => {
    put('proc/self/cgroup', '0::/\n');
    putGroup2('.', String(256 * megabyte), 56 * megabyte);
    expect(readHostMemory(root).availableBytes).toBe(200 * megabyte);
  });

  it('is found by the first version of control groups, also where the path is that of the host', () => {
    put('proc/self/cgroup', '5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/\n');
    const folder = 'sys/fs/cgroup/memory';
    put(`${folder}/memory.limit_in_bytes`, `${128 * megabyte}\n`);
    put(`${folder}/memory.usage_in_bytes`, `${100 * megabyte}\n`);
    put(`${folder}/memory.stat`, `cache 1\ntotal_inactive_file ${8 * megabyte}\n`);
    expect(readHostMemory(root)).toEqual({ availableBytes: 36 * megabyte, whose: 'the container' });
    put(`${folder}/memory.limit_in_bytes`, unlimited);
    expect(readHostMemory(root).whose).toBe('the machine');
  });
});
