//! One file per change of an event's shape; applied to old events as they are read.
