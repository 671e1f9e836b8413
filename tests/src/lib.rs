//! What the journeys share: a real server process on a store of its own, and a client for it.
