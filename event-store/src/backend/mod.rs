//! One folder per database. Nothing outside knows which one is in use.
