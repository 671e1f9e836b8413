//! Finds references that would make validation loop for ever.
