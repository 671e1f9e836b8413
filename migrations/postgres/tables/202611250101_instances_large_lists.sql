-- The latest change first, of one state or of one definition, without sorting all of them.
CREATE INDEX strategy_instances_by_status_update ON strategy_instances (status, updated_at, id);
CREATE INDEX strategy_instances_by_definition_update
    ON strategy_instances (definition_id, updated_at, id);

-- How many are in which state, of all, of one definition or of its versions, without reading them.
CREATE INDEX strategy_instances_states ON strategy_instances (status, observed);
CREATE INDEX strategy_instances_states_of_definition
    ON strategy_instances (definition_id, status, observed, definition_version);
-- The one above answers what this one did
DROP INDEX strategy_instances_linked;
