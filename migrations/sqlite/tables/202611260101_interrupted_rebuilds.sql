-- Of a rebuild's checkpoint: the program whose folds filled the table so far. Only the same program
-- goes on with it.
ALTER TABLE projection_state ADD COLUMN folded_by TEXT;
