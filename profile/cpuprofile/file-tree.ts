import { ProfileShapeError } from '../errors.ts';
import { type LinkedTree, linkTree, NONE } from '../model/linked-tree.ts';
import type { NodeRows } from '../model/node-rows.ts';
import type { RawCpuProfile } from './raw-cpu-profile.ts';

/** @throws ProfileShapeError when a node names a relative that is not there, or has two parents. */
export function toFileTree(raw: RawCpuProfile, rows: NodeRows): LinkedTree {
  return linkTree(findParents(raw, rows));
}

function findParents(raw: RawCpuProfile, rows: NodeRows): Int32Array {
  const parent = new Int32Array(raw.nodeFunction.length).fill(NONE);
  const from = raw.edgeFrom.finish();
  const toId = raw.edgeToId.finish();
  for (let edge = 0; edge < from.length; edge++) {
    const above = from[edge] as number;
    const child = rows.rowOf(toId[edge] as number);
    if (child === NONE) throw missing(above, 'children', toId[edge] as number);
    setParent(parent, child, above);
  }
  const of = raw.parentOf.finish();
  const ids = raw.parentId.finish();
  for (let edge = 0; edge < of.length; edge++) {
    const above = rows.rowOf(ids[edge] as number);
    if (above === NONE) throw missing(of[edge] as number, 'parent', ids[edge] as number);
    setParent(parent, of[edge] as number, above);
  }
  return parent;
}

function setParent(parent: Int32Array, child: number, above: number): void {
  const before = parent[child];
  if (before !== NONE && before !== above) {
    throw new ProfileShapeError(`nodes[${child}]`, `is a child of both nodes[${before}] and nodes[${above}]`);
  }
  parent[child] = above;
}

function missing(row: number, field: string, id: number): ProfileShapeError {
  return new ProfileShapeError(`nodes[${row}].${field}`, `names node ${id}, which is not in the file`);
}
