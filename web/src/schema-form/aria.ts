/** The ids under which a control finds what is said about it. */
export const errorId = (id: string) => `${id}__error`;
export const descriptionId = (id: string) => `${id}__about`;
export const sourceId = (id: string) => `${id}__source`;
export const unitId = (id: string) => `${id}__unit`;

interface Said {
  description: boolean;
  unit: boolean;
  source: boolean;
  errors: readonly string[];
}

export function controlAria(id: string, { description, unit, source, errors }: Said) {
  const described = [
    ...(errors.length > 0 ? [errorId(id)] : []),
    ...(unit ? [unitId(id)] : []),
    ...(source ? [sourceId(id)] : []),
    ...(description ? [descriptionId(id)] : []),
  ];
  return {
    'aria-invalid': errors.length > 0 || undefined,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
  };
}
