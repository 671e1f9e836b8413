/** What the server calls what somebody may do; only those that a button asks for. */
export type Permission =
  | 'backfill:run'
  | 'definitions:create'
  | 'definitions:disable'
  | 'definitions:enable'
  | 'definitions:publish'
  | 'definitions:remove'
  | 'definitions:restore'
  | 'definitions:update'
  | 'events:export'
  | 'instances:restart'
  | 'instances:start'
  | 'instances:stop'
  | 'projections:rebuild'
  | 'settings:switch';
