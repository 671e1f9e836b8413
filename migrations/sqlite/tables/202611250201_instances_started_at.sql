-- When the current or last run began; NULL for imported rows, and until the table is rebuilt for
-- those from before this column.
ALTER TABLE strategy_instances ADD COLUMN started_at TEXT;
