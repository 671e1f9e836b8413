/** Where a few letters lead. */
export interface Place {
  kind: 'page' | 'task' | 'definition' | 'instance';
  to: string;
  params?: { key: string };
  name: string;
  about?: string | undefined;
}

interface Known {
  pages: readonly { to: string; name: string }[];
  tasks: readonly { to: string; name: string }[];
  /** These the server has chosen already. */
  definitions: readonly { key: string; name: string }[];
  instances: readonly { key: string; about: string }[];
}

/** Pages and tasks whose name has all the words, then definitions, then instances. */
export function placesFor(typed: string, { pages, tasks, definitions, instances }: Known): Place[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const fits = ({ name }: { name: string }) => words.every((word) => name.toLowerCase().includes(word));
  return [
    ...pages.filter(fits).map((page): Place => ({ kind: 'page', ...page })),
    ...tasks.filter(fits).map((task): Place => ({ kind: 'task', ...task })),
    ...definitions.map(({ key, name }): Place => ({ kind: 'definition', to: '/definitions/$key', params: { key }, name, about: key })),
    ...instances.map(({ key, about }): Place => ({ kind: 'instance', to: '/instances/$key', params: { key }, name: key, about })),
  ];
}
