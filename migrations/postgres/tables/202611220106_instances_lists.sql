-- Lists are filtered by what people look for, and paged in the order of the last index column.
CREATE INDEX strategy_instances_by_client ON strategy_instances (client_id, id);
CREATE INDEX strategy_instances_by_executor ON strategy_instances (executor_type, id);
CREATE INDEX strategy_instances_by_observed ON strategy_instances (observed, id);
CREATE INDEX strategy_instances_by_update ON strategy_instances (updated_at, id);

-- How many instances run a definition or one of its versions, without reading them
CREATE INDEX strategy_instances_linked
    ON strategy_instances (definition_id, status, definition_version);
