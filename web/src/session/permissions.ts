/** What the server calls what somebody may do. */
export type Permission =
  | 'definitions:edit'
  | 'definitions:publish'
  | 'definitions:enable'
  | 'definitions:remove'
  | 'instances:start'
  | 'instances:stop'
  | 'events:read'
  | 'projections:rebuild'
  | 'backfill:run'
  | 'settings:change';
