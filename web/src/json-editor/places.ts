/** Where in a JSON text the value at a pointer stands, so that a fault is underlined at the value itself. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { pathOf } from '../json/pointer';

export interface Place {
  from: number;
  to: number;
}

/** The value, or the innermost thing around it that exists: a missing member is missed in its object. */
export function placeOf(tree: Tree, text: string, pointer: string): Place {
  let node = tree.topNode.firstChild;
  for (const name of pathOf(pointer)) {
    const next = node === null ? null : child(node, text, name);
    if (next === null) break;
    node = next;
  }
  if (node === null) return { from: 0, to: text.length };
  // A whole object underlined is noise: its opening brace says enough
  const container = node.name === 'Object' || node.name === 'Array';
  return { from: node.from, to: container ? Math.min(node.from + 1, node.to) : node.to };
}

function child(node: SyntaxNode, text: string, name: string): SyntaxNode | null {
  if (node.name === 'Array') return values(node)[Number(name)] ?? null;
  if (node.name !== 'Object') return null;
  for (const property of node.getChildren('Property')) {
    const key = property.getChild('PropertyName');
    if (key !== null && nameOf(text.slice(key.from, key.to)) === name) return property.lastChild;
  }
  return null;
}

const PUNCTUATION = new Set(['[', ']', ',', '⚠']);

function values(array: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = array.firstChild; at !== null; at = at.nextSibling) {
    if (!PUNCTUATION.has(at.name)) found.push(at);
  }
  return found;
}

function nameOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
